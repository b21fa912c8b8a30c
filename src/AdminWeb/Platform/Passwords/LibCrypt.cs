using System.Runtime.InteropServices;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>crypt(3) from libxcrypt (Debian package libcrypt1), as Dovecot calls it: bcrypt, SHA-512, SHA-256, MD5, DES, yescrypt.</summary>
internal static unsafe partial class LibCrypt
{
    // sizeof(struct crypt_data) in crypt.h.
    private const int DataBytes = 32768;

    /// <summary>The password hashed with the setting and salt of <paramref name="setting"/>; null when crypt refuses them.</summary>
    public static string? Crypt(ReadOnlySpan<byte> password, string setting)
    {
        // crypt reads up to the first NUL: a password that holds one would match by its beginning.
        if (password.Contains((byte)0) || setting.Contains('\0', StringComparison.Ordinal)) return null;

        var phrase = NativeMemory.AllocZeroed((nuint)password.Length + 1);
        var data = NativeMemory.AllocZeroed(DataBytes);
        try
        {
            password.CopyTo(new Span<byte>(phrase, password.Length));
            var result = crypt_r((byte*)phrase, setting, (byte*)data);
            var text = result is null ? null : Marshal.PtrToStringUTF8((nint)result);
            // crypt(3): "*0" or "*1" say failure and must never be taken for a hash.
            return text is null || text.StartsWith('*') ? null : text;
        }
        finally
        {
            NativeMemory.Clear(phrase, (nuint)password.Length + 1);
            NativeMemory.Clear(data, DataBytes);
            NativeMemory.Free(phrase);
            NativeMemory.Free(data);
        }
    }

    [LibraryImport("libcrypt.so.1", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial byte* crypt_r(byte* phrase, string setting, byte* data);
}
