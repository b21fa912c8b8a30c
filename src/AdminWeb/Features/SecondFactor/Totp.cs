using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>Codes that an app and the panel make of a secret and the time, as every authenticator does by default: RFC 6238 with SHA-1, six digits, a new one each 30 seconds.</summary>
public static class Totp
{
    public const int Digits = 6;

    /// <summary>As long as the hash (RFC 4226 section 4).</summary>
    private const int SecretOctets = 20;

    private const int PeriodSeconds = 30;

    /// <summary>Steps before and after the present one whose codes are taken, too: clocks differ, and typing takes time (RFC 6238 section 5.2).</summary>
    private const int Tolerance = 1;

    private const string Base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretOctets);

    /// <summary>The number of the half minute that a moment (UTC) is in.</summary>
    public static long StepAt(DateTime now) => new DateTimeOffset(now, TimeSpan.Zero).ToUnixTimeSeconds() / PeriodSeconds;

    /// <summary>The code of a step: HOTP (RFC 4226 section 5.3) of its number.</summary>
    public static string Code(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The standard's hash, which every app knows; HMAC needs none that resists collisions.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[^1] & 0x0f)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step that a code is of, if it is one that is taken at a moment; null otherwise.</summary>
    public static long? Find(ReadOnlySpan<byte> secret, string code, DateTime now)
    {
        long? found = null;
        for (var step = StepAt(now) - Tolerance; step <= StepAt(now) + Tolerance; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Code(secret, step)), Encoding.UTF8.GetBytes(code))) found = step;
        }
        return found;
    }

    /// <summary>What an app scans: "otpauth://totp/ISSUER:ACCOUNT?secret=...&amp;issuer=ISSUER" (the Key URI format of Google Authenticator, which others read too).</summary>
    public static string Uri(string issuer, string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={System.Uri.EscapeDataString(issuer)}";

    /// <summary>RFC 4648 section 6, without padding: the secret as somebody types it.</summary>
    public static string Base32(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder();
        var (bits, buffer) = (0, 0);
        foreach (var octet in octets)
        {
            buffer = ((buffer << 8) | octet) & 0xfff;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(Base32Alphabet[(buffer >> (bits - 5)) & 0x1f]);
        }
        if (bits > 0) text.Append(Base32Alphabet[(buffer << (5 - bits)) & 0x1f]);
        return text.ToString();
    }
}
