using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Data.Recycling;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.MailRemoval;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>What became of the mail of one purged mailbox.</summary>
/// <param name="Problem">Why its directory stays, as a sentence; null where it is gone.</param>
public sealed record RemovedHome(string Name, string Home, string? Problem);

/// <summary>
/// Removes the mail of purged mailboxes, as the account that owns all mail. The directory goes first and its row in
/// `purges` afterwards: whatever interrupts it, the next run finds the row and goes on. Mail root and account come from
/// the host's own configuration, never from the database.
/// </summary>
public sealed class RemoveMail(AdminDb db, IConfiguration configuration)
{
    /// <summary>Root becomes the mail account here and has no way back; anybody else must be that account.</summary>
    /// <exception cref="SettingException">Somebody else runs it, or a setting cannot be read.</exception>
    public void BecomeMailAccount()
    {
        var (user, group) = (Id("mail_uid"), Id("mail_gid"));
        if (Posix.EffectiveUserId == 0) Posix.Become(user, group);
        else if (Posix.EffectiveUserId != user)
            throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"Only root, or the account {user} that owns all mail (mail_uid), can remove mail. Nothing was removed."));
    }

    /// <exception cref="IOException">The mail root cannot be opened.</exception>
    public async Task<IReadOnlyList<RemovedHome>> RunAsync(CancellationToken ct)
    {
        var waiting = await db.Purges.AsNoTracking().OrderBy(p => p.Id).ToListAsync(ct);
        if (waiting.Count == 0) return [];

        using var tree = new MailTree(Host("mail_root"));
        var removed = new List<RemovedHome>();
        foreach (var purge in waiting) removed.Add(new RemovedHome(purge.Name, purge.Home, await RemoveAsync(tree, purge, ct)));
        return removed;
    }

    private async Task<string?> RemoveAsync(MailTree tree, Purge purge, CancellationToken ct)
    {
        if (await db.HomeOwnerAsync(purge.Home, ct) is { } owner) return $"{purge.Home} is, holds or lies in the home of {owner}. It stays.";

        try
        {
            if (tree.Remove(purge.Home) is var outcome and not (TreeRemoval.Removed or TreeRemoval.Absent))
            {
                return outcome == TreeRemoval.LeadsElsewhere
                    ? $"{purge.Home} leads through a symbolic link or out of the mail root. It stays: look who changed it."
                    : $"{purge.Home} is no directory. It stays: look who changed it.";
            }
        }
        catch (IOException e)
        {
            return $"{e.Message} What is left stays; run adminpanel purge again.";
        }
        await db.Purges.Where(p => p.Id == purge.Id).ExecuteDeleteAsync(ct);
        return null;
    }

    private uint Id(string key) => uint.Parse(Host(key), CultureInfo.InvariantCulture);

    private string Host(string key)
    {
        var setting = SettingCatalogue.Find(key)!;
        var text = configuration[$"{RenderMailServer.ConfigurationSection}:{key}"] ?? setting.Default!;
        return setting.Accepts(text) ? text : throw new SettingException($"{key} must be {setting.Wanted}.");
    }
}
