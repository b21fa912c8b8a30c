using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>
/// {CRAM-MD5} as Dovecot writes it: in hexadecimal, or in base64 as {CRAM-MD5.B64}, the two MD5 states, outer then inner, after the one block of
/// HMAC's padded key (RFC 2104). The BCL gives no MD5 state away, so the compression function of RFC 1321 is here;
/// it protects nothing new and only reads what an older installation has stored.
/// </summary>
internal static class CramMd5
{
    private const int BlockBytes = 64;

    private static readonly uint[] Sines = [.. Enumerable.Range(1, 64).Select(i => (uint)(Math.Abs(Math.Sin(i)) * 4294967296.0))];

    private static readonly int[] Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

    public static bool Matches(string text, ReadOnlySpan<byte> password)
    {
        Span<byte> stored = stackalloc byte[32];
        if (!TryDecode(text, stored)) return false;

        Span<byte> computed = stackalloc byte[32];
        StateAfterPad(password, 0x5c, computed[..16]);
        StateAfterPad(password, 0x36, computed[16..]);
        return CryptographicOperations.FixedTimeEquals(computed, stored);
    }

    private static bool TryDecode(string text, Span<byte> octets) =>
        text.Length == octets.Length * 2
            ? Convert.FromHexString(text, octets, out _, out _) == OperationStatus.Done
            : Convert.TryFromBase64String(text, octets, out var length) && length == octets.Length;

    private static void StateAfterPad(ReadOnlySpan<byte> password, byte pad, Span<byte> state)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        if (password.Length > BlockBytes)
        {
#pragma warning disable CA5351 // RFC 2104 shortens a longer key with the same hash; CRAM-MD5 (RFC 2195) says MD5.
            MD5.HashData(password, block);
#pragma warning restore CA5351
        }
        else
        {
            password.CopyTo(block);
        }
        for (var i = 0; i < BlockBytes; i++) block[i] ^= pad;
        Compress(block, state);
        block.Clear();
    }

    // RFC 1321 section 3.4 for the first block of a message.
    private static void Compress(ReadOnlySpan<byte> block, Span<byte> state)
    {
        var (a, b, c, d) = (0x67452301u, 0xefcdab89u, 0x98badcfeu, 0x10325476u);
        var (a0, b0, c0, d0) = (a, b, c, d);
        for (var i = 0; i < 64; i++)
        {
            var (mix, word) = (i / 16) switch
            {
                0 => ((b & c) | (~b & d), i),
                1 => ((d & b) | (~d & c), (5 * i) + 1),
                2 => (b ^ c ^ d, (3 * i) + 5),
                _ => (c ^ (b | ~d), 7 * i),
            };
            mix += a + Sines[i] + BinaryPrimitives.ReadUInt32LittleEndian(block[(word % 16 * 4)..]);
            (a, d, c, b) = (d, c, b, b + BitOperations.RotateLeft(mix, Shifts[(i / 16 * 4) + (i % 4)]));
        }
        BinaryPrimitives.WriteUInt32LittleEndian(state, a0 + a);
        BinaryPrimitives.WriteUInt32LittleEndian(state[4..], b0 + b);
        BinaryPrimitives.WriteUInt32LittleEndian(state[8..], c0 + c);
        BinaryPrimitives.WriteUInt32LittleEndian(state[12..], d0 + d);
    }
}
