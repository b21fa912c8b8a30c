using System.Security.Cryptography;
using System.Text;

namespace AdminPanel.Web.Platform.Passwords;

/// <param name="Matches">The password is the right one.</param>
/// <param name="NeedsRehash">It is right, and the stored hash is weaker than a new one would be.</param>
public readonly record struct PasswordCheck(bool Matches, bool NeedsRehash);

/// <summary>
/// Hashes and checks passwords. New hashes are {ARGON2ID} as Dovecot reads them; every scheme of
/// <see cref="StoredPassword"/> is checked. Safe to use from many threads: at most <see cref="MaxParallel"/> hashes run
/// at once, since each holds a processor and <see cref="MemoryBytes"/> of memory for tens of milliseconds.
/// </summary>
public sealed class PasswordHasher : IDisposable
{
    /// <summary>
    /// Passes and memory: RFC 9106 section 4 recommends t=3, m=64 MiB where memory is constrained, and it is
    /// what doveadm pw uses, so Dovecot's own limits are made for it.
    /// </summary>
    public const int Passes = 3;

    public const int MemoryBytes = 64 << 20;

    private readonly SemaphoreSlim places = new(MaxParallel);

    public static int MaxParallel => Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <summary>A new hash with its scheme in front. Takes about 0.1 s.</summary>
    public string Hash(string password)
    {
        var octets = Encoding.UTF8.GetBytes(password);
        places.Wait();
        try
        {
            return "{ARGON2ID}" + Sodium.Hash(octets, Passes, MemoryBytes);
        }
        finally
        {
            places.Release();
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    /// <summary>Checks a password against a stored hash. A hash of a scheme that is not known here never matches.</summary>
    public PasswordCheck Verify(string stored, string password)
    {
        var octets = Encoding.UTF8.GetBytes(password);
        places.Wait();
        try
        {
            return StoredPassword.Parse(stored).Check(octets);
        }
        finally
        {
            places.Release();
            CryptographicOperations.ZeroMemory(octets);
        }
    }

    public void Dispose() => places.Dispose();
}
