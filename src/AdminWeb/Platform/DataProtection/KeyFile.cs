using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AdminPanel.Web.Platform.DataProtection;

/// <summary>
/// The key that is not in the database. A line is a key: its id, a space, 32 random octets as base64. The first line
/// encrypts; the others still decrypt. Every panel in front of one database has the same file.
/// </summary>
public sealed class KeyFile
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const UnixFileMode OthersMode = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string path;
    private readonly string currentId;
    private readonly Dictionary<string, byte[]> keys;

    private KeyFile(string path, string currentId, Dictionary<string, byte[]> keys)
    {
        this.path = path;
        this.currentId = currentId;
        this.keys = keys;
    }

    /// <summary>Reads the file; makes it, for its owner alone, where it is missing and its directory is closed to others.</summary>
    /// <exception cref="SettingException">The file cannot be read or made, others may read it, or it is not a key file.</exception>
    public static KeyFile Open(string path)
    {
        try
        {
            if (!File.Exists(path)) Create(path);
            if ((File.GetUnixFileMode(path) & OthersMode) != 0)
                throw new SettingException($"The key file {path} can be read or written by others: chmod 0600 {path}");

            return Parse(path, File.ReadAllLines(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The key file {path} (Panel:KeyFile) cannot be read: {e.Message}");
        }
    }

    /// <summary>Encrypts with AES-256-GCM. The answer is "key id:base64 of nonce, tag and ciphertext".</summary>
    /// <param name="place">Table, column and row that will hold the answer: it opens there and nowhere else.</param>
    public string Seal(string clear, string place)
    {
        var plaintext = Encoding.UTF8.GetBytes(clear);
        var sealed_ = new byte[NonceLength + TagLength + plaintext.Length];
        var nonce = sealed_.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Derive(currentId, "seal"), TagLength);
        aes.Encrypt(nonce, plaintext, sealed_.AsSpan(NonceLength + TagLength), sealed_.AsSpan(NonceLength, TagLength), AssociatedData(currentId, place));
        CryptographicOperations.ZeroMemory(plaintext);
        return $"{currentId}:{Convert.ToBase64String(sealed_)}";
    }

    /// <exception cref="SettingException">It was sealed with a key that this file does not hold.</exception>
    /// <exception cref="CryptographicException">It was changed, or sealed for another place.</exception>
    public string Open(string text, string place)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var id = colon < 0 ? "" : text[..colon];
        if (!keys.ContainsKey(id))
            throw new SettingException($"The database holds {place}, encrypted with key {id}, which the key file {path} does not have: put back the key file that was used with this database.");

        var octets = Convert.FromBase64String(text[(colon + 1)..]);
        if (octets.Length < NonceLength + TagLength) throw new CryptographicException($"{place} is too short to be what was sealed.");

        var plaintext = new byte[octets.Length - NonceLength - TagLength];
        using var aes = new AesGcm(Derive(id, "seal"), TagLength);
        aes.Decrypt(octets.AsSpan(0, NonceLength), octets.AsSpan(NonceLength + TagLength), octets.AsSpan(NonceLength, TagLength), plaintext, AssociatedData(id, place));
        return Encoding.UTF8.GetString(plaintext);
    }

    /// <summary>A keyed digest in hex: the same for the same text, and nothing to somebody who only has the database.</summary>
    /// <param name="purpose">Keeps digests of different uses apart.</param>
    public string Digest(string purpose, string text) => Digest(currentId, purpose, text);

    /// <summary>A keyed digest that names its key: it can be compared after the next key has come.</summary>
    public string Mark(string purpose, string text) => Mark(currentId, purpose, text);

    /// <summary>Whether <see cref="Mark(string, string)"/> answered this; null where its key is not in the file.</summary>
    public bool? IsMark(string mark, string purpose, string text)
    {
        var id = mark.Split(':')[0];
        return keys.ContainsKey(id)
            ? CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(mark), Encoding.UTF8.GetBytes(Mark(id, purpose, text)))
            : null;
    }

    private string Mark(string id, string purpose, string text) => $"{id}:{Digest(id, purpose, text)}";

    private string Digest(string id, string purpose, string text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Derive(id, purpose), Encoding.UTF8.GetBytes(text)));

    private byte[] Derive(string id, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, keys[id], KeyLength, info: Encoding.UTF8.GetBytes("adminpanel/" + purpose));

    private static byte[] AssociatedData(string id, string place) => Encoding.UTF8.GetBytes($"{id}\n{place}");

    private static void Create(string path)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        const UnixFileMode Shared = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (!Directory.Exists(directory) || (File.GetUnixFileMode(directory) & Shared) != 0)
            throw new SettingException($"The key file {path} (Panel:KeyFile) is missing, and {directory} is not a directory that only its owner writes to.");

        // Complete under another name first: a second panel that starts now reads a whole file or makes none.
        var draft = $"{path}.{Guid.NewGuid():N}";
        var line = string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))} {Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength))}\n");
        using (var stream = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            stream.Write(Encoding.ASCII.GetBytes(line));
            stream.Flush(flushToDisk: true);
        }
        var error = Posix.Link(draft, path);
        File.Delete(draft);
        if (error is not (0 or Posix.IsThere)) throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    private static KeyFile Parse(string path, string[] lines)
    {
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        string? first = null;
        foreach (var line in lines.Where(l => !string.IsNullOrWhiteSpace(l) && !l.StartsWith('#')))
        {
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var key = new byte[KeyLength];
            if (parts.Length != 2 || !Convert.TryFromBase64String(parts[1], key, out var length) || length != KeyLength || !keys.TryAdd(parts[0], key))
                throw new SettingException($"The key file {path} (Panel:KeyFile) has a line that is not a key id, a space and 32 octets as base64.");

            first ??= parts[0];
        }
        return first is null
            ? throw new SettingException($"The key file {path} (Panel:KeyFile) is empty.")
            : new KeyFile(path, first, keys);
    }
}
