using System.Security.Cryptography;
using System.Text;

namespace AdminPanel.Web.Platform.Passwords;

/// <param name="Matches">The password is the right one.</param>
/// <param name="NeedsRehash">It is right, and the stored hash is weaker than a new one would be.</param>
public readonly record struct PasswordCheck(bool Matches, bool NeedsRehash);

/// <summary>
/// Hashes and checks passwords. New hashes are {ARGON2ID} as Dovecot reads them; every scheme of
/// <see cref="StoredPassword"/> is checked. Safe to use from many threads: no more hashes run at once than there are
/// places, since each holds a processor and <see cref="MemoryBytes"/> of memory for tens of milliseconds.
/// </summary>
public sealed class PasswordHasher(HashPlaces places) : IDisposable
{
    /// <summary>
    /// Passes and memory: RFC 9106 section 4 recommends t=3, m=64 MiB where memory is constrained, and it is
    /// what doveadm pw uses, so Dovecot's own limits are made for it.
    /// </summary>
    public const int Passes = 3;

    public const int MemoryBytes = 64 << 20;

    /// <summary>With as many places as nobody's setting says otherwise.</summary>
    public PasswordHasher()
        : this(new HashPlaces(HashSetting.UsualPlaces))
    {
    }

    /// <summary>How many hashes run at once.</summary>
    public int Places => places.Count;

    /// <summary>A new hash with its scheme in front. Takes about 0.1 s, and the time until there is a place.</summary>
    public Task<string> HashAsync(string password, CancellationToken ct) => places.RunAsync(() => Make(password), ct);

    /// <summary>As <see cref="HashAsync"/>, for callers that are a thread of their own.</summary>
    public string Hash(string password) => places.Run(() => Make(password));

    /// <summary>Checks a password against a stored hash. A hash of a scheme that is not known here never matches.</summary>
    public Task<PasswordCheck> VerifyAsync(string stored, string password, CancellationToken ct) => places.RunAsync(() => Compare(stored, password), ct);

    /// <summary>As <see cref="VerifyAsync"/>, for callers that are a thread of their own.</summary>
    public PasswordCheck Verify(string stored, string password) => places.Run(() => Compare(stored, password));

    public void Dispose() => places.Dispose();

    private static string Make(string password) => Read(password, octets => "{ARGON2ID}" + Sodium.Hash(octets, Passes, MemoryBytes));

    private static PasswordCheck Compare(string stored, string password) => Read(password, octets => StoredPassword.Parse(stored).Check(octets));

    private static T Read<T>(string password, Func<byte[], T> use)
    {
        var octets = Encoding.UTF8.GetBytes(password);
        try
        {
            return use(octets);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }
}
