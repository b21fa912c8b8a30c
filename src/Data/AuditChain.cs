using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AdminPanel.Data.Model;

namespace AdminPanel.Data;

/// <summary>
/// What the digests of the audit chain are made of: SHA-256 over fields in a fixed order, each with its length in front, so
/// that no two entries have the same octets. The first field names thing and version: another order is another version.
/// </summary>
public static class AuditChain
{
    /// <summary>What the first seal has in place of a digest before it.</summary>
    public const string Beginning = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Length of a digest in hex.</summary>
    public const int DigestLength = 64;

    /// <summary>Of every column of an entry, as it is stored.</summary>
    public static byte[] DigestOf(AuditEntry entry)
    {
        using var fields = new Fields("adminpanel/audit-entry/1");
        fields.Add(entry.Id).Add(entry.At.Ticks).Add(entry.AccountId).Add(entry.Actor).Add(entry.Source).Add(entry.RequestId)
            .Add(entry.Action).Add(entry.Subject).Add(entry.DomainId).Add(entry.Before).Add(entry.After);
        return fields.Digest();
    }

    /// <summary>Of a seal and, by the one before, of all earlier ones; in hex.</summary>
    public static string DigestOf(AuditSeal seal)
    {
        using var fields = new Fields("adminpanel/audit-seal/1");
        fields.Add(seal.Number).Add(seal.SealedAt.Ticks).Add(seal.SealedTo).Add(seal.FirstId).Add(seal.EntryCount).Add(seal.Entries).Add(seal.Previous);
        return Convert.ToHexStringLower(fields.Digest());
    }

    private sealed class Fields : IDisposable
    {
        private static readonly byte[] Absent = [0];
        private static readonly byte[] Present = [1];
        private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public Fields(string version) => Add(version);

        public Fields Add(string? text) => text is null ? Nothing() : Add(Encoding.UTF8.GetBytes(text));

        public Fields Add(long? number)
        {
            if (number is not { } value) return Nothing();

            var octets = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(octets, value);
            return Add(octets);
        }

        public Fields Add(byte[] octets)
        {
            Span<byte> length = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(length, octets.Length);
            sha.AppendData(Present);
            sha.AppendData(length);
            sha.AppendData(octets);
            return this;
        }

        public byte[] Digest() => sha.GetHashAndReset();

        public void Dispose() => sha.Dispose();

        private Fields Nothing()
        {
            sha.AppendData(Absent);
            return this;
        }
    }
}
