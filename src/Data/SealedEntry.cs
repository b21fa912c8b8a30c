using System.Buffers.Binary;
using System.Security.Cryptography;
using AdminPanel.Data.Model;

namespace AdminPanel.Data;

/// <summary>One entry in a seal: its id and <see cref="AuditChain.DigestOf(AuditEntry)"/>.</summary>
public readonly record struct SealedEntry(long Id, ReadOnlyMemory<byte> Digest)
{
    private const int Octets = sizeof(long) + SHA256.HashSizeInBytes;

    /// <summary>40 octets an entry: the id, most significant octet first, and the digest.</summary>
    /// <param name="entries">By id.</param>
    public static byte[] Pack(IReadOnlyList<AuditEntry> entries)
    {
        var packed = new byte[entries.Count * Octets];
        for (var i = 0; i < entries.Count; i++)
        {
            var place = packed.AsSpan(i * Octets, Octets);
            BinaryPrimitives.WriteInt64BigEndian(place, entries[i].Id);
            AuditChain.DigestOf(entries[i]).CopyTo(place[sizeof(long)..]);
        }
        return packed;
    }

    /// <returns>Null where nothing was packed that way.</returns>
    public static IReadOnlyList<SealedEntry>? Unpack(byte[] packed)
    {
        if (packed.Length % Octets != 0) return null;

        var entries = new SealedEntry[packed.Length / Octets];
        for (var i = 0; i < entries.Length; i++)
        {
            var place = packed.AsMemory(i * Octets, Octets);
            entries[i] = new(BinaryPrimitives.ReadInt64BigEndian(place.Span), place[sizeof(long)..]);
        }
        return entries;
    }

    /// <summary>Whether the entry is, to the octet, the one that was sealed.</summary>
    public bool Is(AuditEntry entry) => entry.Id == Id && AuditChain.DigestOf(entry).AsSpan().SequenceEqual(Digest.Span);
}
