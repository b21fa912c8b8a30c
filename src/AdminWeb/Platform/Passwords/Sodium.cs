using System.Runtime.InteropServices;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>Argon2 from libsodium (Debian package libsodium23), the library that Dovecot itself uses for it.</summary>
internal static unsafe partial class Sodium
{
    /// <summary>crypto_pwhash_ALG_ARGON2ID13.</summary>
    private const int Argon2Id = 2;

    // crypto_pwhash_STRBYTES, the final NUL included.
    private const int StringBytes = 128;

    private static readonly Lazy<bool> Ready = new(() =>
        sodium_init() >= 0 ? true : throw new InvalidOperationException("libsodium could not be initialised: the kernel gives no random numbers."));

    /// <summary>"$argon2id$v=19$m=...,t=...,p=1$salt$hash" with a salt from the kernel.</summary>
    /// <param name="passes">Argon2's t.</param>
    /// <param name="memory">Argon2's m, in bytes.</param>
    /// <exception cref="InsufficientMemoryException">The memory it needs could not be had.</exception>
    public static string Hash(ReadOnlySpan<byte> password, int passes, int memory)
    {
        _ = Ready.Value;
        var text = stackalloc byte[StringBytes];
        fixed (byte* secret = &MemoryMarshal.GetReference(password))
        {
            if (crypto_pwhash_str_alg(text, secret, (ulong)password.Length, (ulong)passes, (nuint)memory, Argon2Id) != 0)
                throw new InsufficientMemoryException($"Argon2id could not get its {memory >> 20} MiB of memory.");
        }
        return Marshal.PtrToStringUTF8((nint)text)!;
    }

    /// <param name="hash">An argon2i or argon2id string; anything else does not match.</param>
    public static bool Matches(string hash, ReadOnlySpan<byte> password)
    {
        _ = Ready.Value;
        if (hash.Length >= StringBytes) return false;

        fixed (byte* secret = &MemoryMarshal.GetReference(password))
        {
            return crypto_pwhash_str_verify(hash, secret, (ulong)password.Length) == 0;
        }
    }

    [LibraryImport("libsodium.so.23")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sodium_init();

    [LibraryImport("libsodium.so.23")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_pwhash_str_alg(byte* output, byte* password, ulong passwordLength, ulong passes, nuint memory, int algorithm);

    [LibraryImport("libsodium.so.23", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int crypto_pwhash_str_verify(string hash, byte* password, ulong passwordLength);
}
