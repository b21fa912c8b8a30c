using System.Runtime.InteropServices;

namespace AdminPanel.Web.Platform;

/// <summary>Ed25519 (RFC 8032) from libsodium: the base class library has none.</summary>
public static unsafe partial class Ed25519
{
    /// <summary>Octets of a private key ("seed"), and of a public one.</summary>
    public const int KeyLength = 32;

    private const int ExpandedLength = 64;

    public static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != KeyLength) throw new ArgumentException($"A private key has {KeyLength} octets, not {seed.Length}.", nameof(seed));

        var publicKey = new byte[KeyLength];
        Span<byte> expanded = stackalloc byte[ExpandedLength];
        fixed (byte* to = publicKey, work = expanded, from = seed) _ = crypto_sign_seed_keypair(to, work, from);
        expanded.Clear();
        return publicKey;
    }

    [LibraryImport("libsodium.so.23")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_sign_seed_keypair(byte* publicKey, byte* privateKey, byte* seed);
}
