using AdminPanel.Data;
using AdminPanel.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>
/// The key that the private halves of DKIM keys are sealed to. Its public half stands in the database, for whoever makes
/// keys; its private half is a file of root's, the same on every mail server: a taken panel or a stolen dump signs nothing.
/// </summary>
internal static class SealingKey
{
    /// <summary>In the settings table.</summary>
    private const string Row = "public.sealing-key";

    /// <summary>For whoever makes a key.</summary>
    /// <returns>Null before the first apply.</returns>
    public static async Task<byte[]?> PublicAsync(AdminDb db, CancellationToken ct) =>
        await db.Settings.Where(s => s.Key == Row).Select(s => s.Value).FirstOrDefaultAsync(ct) is { } text ? Convert.FromBase64String(text) : null;

    /// <summary>For root, who opens them; made, with the file, where neither is there yet.</summary>
    /// <param name="path">Of the file.</param>
    /// <returns>The private half; or why it is not the one that keys are sealed to.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static async Task<Outcome<byte[]>> OfRootAsync(AdminDb db, string path, CancellationToken ct)
    {
        var known = await PublicAsync(db, ct);
        if (!File.Exists(path))
        {
            if (known is not null) return Outcome.Refused<byte[]>(new Problem("sealing_key", "SealingKeyMissing", path));

            ConfigFile.MakeDirectory(Path.GetDirectoryName(path)!);
            ConfigFile.Write(path, Convert.ToBase64String(SealedBox.NewPrivateKey()) + "\n", ConfigFile.OwnerReads);
        }
        if (Read(path) is not { } key) return Outcome.Refused<byte[]>(new Problem("sealing_key", "SealingKeyUnreadable", path));

        var publicKey = SealedBox.PublicKeyOf(key);
        if (known is null)
        {
            // Of two mail servers that apply for the first time at once, one is late.
            var text = Convert.ToBase64String(publicKey);
            await db.Database.ExecuteSqlAsync($"INSERT INTO settings (`key`, value, updated_at) VALUES ({Row}, {text}, {db.UtcNow}) ON DUPLICATE KEY UPDATE value = value", ct);
            known = await PublicAsync(db, ct);
        }
        return known!.AsSpan().SequenceEqual(publicKey) ? Outcome.Done(key) : Outcome.Refused<byte[]>(new Problem("sealing_key", "SealingKeyOther", path));
    }

    private static byte[]? Read(string path)
    {
        var octets = new byte[SealedBox.KeyLength];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), octets, out var length) && length == octets.Length ? octets : null;
    }
}
