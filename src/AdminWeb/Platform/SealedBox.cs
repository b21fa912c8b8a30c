using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AdminPanel.Web.Platform;

/// <summary>
/// libsodium's sealed box (crypto_box_seal: X25519, XSalsa20, Poly1305): whoever has the public half closes it, only who
/// has the private half opens it, and nobody else can tell what is in it, whoever closed it included.
/// </summary>
public static unsafe partial class SealedBox
{
    /// <summary>Octets of either half of a key.</summary>
    public const int KeyLength = 32;

    /// <summary>Octets that a box is longer than what is in it (crypto_box_SEALBYTES).</summary>
    private const int Overhead = 48;

    public static byte[] NewPrivateKey() => RandomNumberGenerator.GetBytes(KeyLength);

    public static byte[] PublicKeyOf(ReadOnlySpan<byte> privateKey)
    {
        CheckKey(privateKey);
        var publicKey = new byte[KeyLength];
        fixed (byte* to = publicKey, from = privateKey) Demand(crypto_scalarmult_base(to, from));
        return publicKey;
    }

    public static byte[] Seal(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> clear)
    {
        CheckKey(publicKey);
        var box = new byte[clear.Length + Overhead];
        fixed (byte* to = box, from = clear, key = publicKey) Demand(crypto_box_seal(to, from, (ulong)clear.Length, key));
        return box;
    }

    /// <returns>Null where it was sealed to another key, or was changed.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> box)
    {
        CheckKey(privateKey);
        if (box.Length <= Overhead) return null;

        var clear = new byte[box.Length - Overhead];
        fixed (byte* to = clear, from = box, mine = privateKey, theirs = PublicKeyOf(privateKey))
        {
            return crypto_box_seal_open(to, from, (ulong)box.Length, theirs, mine) == 0 ? clear : null;
        }
    }

    private static void CheckKey(ReadOnlySpan<byte> key)
    {
        if (key.Length != KeyLength) throw new ArgumentException($"A key has {KeyLength} octets, not {key.Length}.", nameof(key));
    }

    private static void Demand(int result)
    {
        if (result != 0) throw new CryptographicException("libsodium refuses the key.");
    }

    [LibraryImport("libsodium.so.23")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_scalarmult_base(byte* publicKey, byte* privateKey);

    [LibraryImport("libsodium.so.23")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_box_seal(byte* box, byte* clear, ulong length, byte* publicKey);

    [LibraryImport("libsodium.so.23")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_box_seal_open(byte* clear, byte* box, ulong length, byte* publicKey, byte* privateKey);
}
