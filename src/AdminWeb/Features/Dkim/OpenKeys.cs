using AdminPanel.Data;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>The private halves of the keys that sign, as files of the directory that the signer reads them from. For root alone.</summary>
public sealed class OpenKeys(AdminDb db)
{
    /// <summary>Opens those that have no file yet, all of them or none: a key that has one never changes.</summary>
    /// <returns>Texts by file name; or every key that does not open, or is not the other half of what its record says.</returns>
    /// <exception cref="IOException">The file of the sealing key cannot be read or made.</exception>
    internal async Task<Outcome<IReadOnlyDictionary<string, string>>> OpenAsync(MailServerTree.Source source, CancellationToken ct)
    {
        var root = await SealingKey.OfRootAsync(db, source.Settings.SealingKey, ct);
        if (root is not Outcome<byte[]>.Done { Value: var rootKey }) return root.As<IReadOnlyDictionary<string, string>>();

        var wanted = Missing(source.Settings, source.Signing).ToHashSet(StringComparer.Ordinal);
        var (texts, problems) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<Problem>());
        foreach (var key in await SigningKeys.OfAll(db, source.Settings.Signer).AsNoTracking().Include(k => k.Domain).ToListAsync(ct))
        {
            var name = key.Domain!.Name.Value;
            var file = SigningKey.NameOf(name, key.Selector, key.PublicKey, source.Settings.Signer);
            if (!wanted.Contains(file)) continue;

            var clear = SealedBox.Open(rootKey, Convert.FromBase64String(key.SealedPrivateKey));
            var pair = clear is null ? null : DkimKeyPair.OfPrivateKey(key.Algorithm, clear);
            if (pair is null || Convert.ToBase64String(pair.PublicKey) != key.PublicKey) problems.Add(new Problem("sealing_key", "DkimKeySealed", key.Selector, name));
            else texts[file] = pair.ToFile();
        }
        return problems.Count > 0 ? Outcome.Refused<IReadOnlyDictionary<string, string>>(problems) : Outcome.Done<IReadOnlyDictionary<string, string>>(texts);
    }

    /// <summary>Names of the files that are not there yet.</summary>
    internal static IEnumerable<string> Missing(MailServerSettings settings, IEnumerable<SigningDomain> signing) =>
        signing.SelectMany(domain => domain.Keys).Select(key => key.File).Where(file => !File.Exists(Path.Combine(settings.DkimDirectory, file)));

    /// <summary>Writes the files of those that were opened.</summary>
    internal static async Task WriteAsync(MailServerSettings settings, IReadOnlyDictionary<string, string> texts, CancellationToken ct)
    {
        ConfigFile.MakeDirectory(settings.DkimDirectory);
        foreach (var (name, text) in texts)
        {
            var path = Path.Combine(settings.DkimDirectory, name);
            // Readable to root alone until it has its group, and under its name when it has.
            var unfinished = path + ".part";
            ConfigFile.Write(unfinished, text, ConfigFile.OwnerReads);
            await Programs.DemandAsync("chgrp", ["--", settings.Paths.AccountOf(settings.Signer)!, unfinished], ct);
            File.SetUnixFileMode(unfinished, ConfigFile.GroupReads);
            File.Move(unfinished, path, overwrite: true);
        }
    }

    /// <summary>Removes the keys that nothing signs with any more.</summary>
    internal static void Prune(MailServerSettings settings, IEnumerable<SigningDomain> signing)
    {
        if (!Directory.Exists(settings.DkimDirectory)) return;

        var used = signing.SelectMany(domain => domain.Keys).Select(key => key.File).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(settings.DkimDirectory, "*.key*").Where(path => !used.Contains(Path.GetFileName(path)))) File.Delete(path);
    }
}
