using System.Globalization;
using System.Runtime.CompilerServices;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Data.Recycling;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.MailRemoval;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>How the removal of one home ended.</summary>
public enum HomeOutcome
{
    Removed,

    /// <summary>It is not what was purged any more. Nothing was touched.</summary>
    Refused,

    /// <summary>The disk did not let all of it go.</summary>
    Failed,
}

/// <summary>What became of the mail of one purged mailbox.</summary>
/// <param name="Problem">Why its directory stays, as a sentence; null where it is gone.</param>
public sealed record RemovedHome(string Name, string Home, HomeOutcome Outcome, string? Problem);

/// <summary>
/// Removes the mail of purged mailboxes, as the account that owns all mail. The directory goes first and its row in
/// `purges` afterwards: whatever interrupts it, the next run finds the row and goes on. Mail root and account come from
/// the host's own configuration, never from the database.
/// </summary>
public sealed class RemoveMail(AdminDb db, IConfiguration configuration)
{
    private const int AtOnce = 500;

    /// <summary>Root becomes the mail account here and has no way back; anybody else must be that account.</summary>
    /// <exception cref="SettingException">Somebody else runs it, or a setting cannot be read.</exception>
    public void BecomeMailAccount()
    {
        var (user, group) = (Id("mail_uid"), Id("mail_gid"));
        if (Posix.EffectiveUserId == 0) Posix.Become(user, group);
        else if (Posix.EffectiveUserId != user)
            throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"Only root, or the account {user} that owns all mail (mail_uid), can remove mail. Nothing was removed."));
    }

    /// <summary>Each home as soon as it was tried. One that stays does not hold up the next.</summary>
    /// <exception cref="IOException">The mail root cannot be opened.</exception>
    public async IAsyncEnumerable<RemovedHome> RunAsync(Actor actor, [EnumeratorCancellation] CancellationToken ct)
    {
        MailTree? tree = null;
        try
        {
            for (long last = 0; await NextAsync(last, ct) is { Count: > 0 } waiting; last = waiting[^1].Id)
            {
                tree ??= new MailTree(Host("mail_root"));
                foreach (var purge in waiting) yield return await RemoveAsync(tree, purge, actor, ct);
            }
        }
        finally
        {
            tree?.Dispose();
        }
    }

    private Task<List<Purge>> NextAsync(long after, CancellationToken ct) =>
        db.Purges.AsNoTracking().Where(p => p.Id > after).OrderBy(p => p.Id).Take(AtOnce).ToListAsync(ct);

    private async Task<RemovedHome> RemoveAsync(MailTree tree, Purge purge, Actor actor, CancellationToken ct)
    {
        if (await db.HomeOwnerAsync(purge.Home, ct) is { } owner) return Stays(HomeOutcome.Refused, $"{purge.Home} is, holds or lies in the home of {owner}. It stays.");

        try
        {
            switch (tree.Remove(purge.Home))
            {
                case TreeRemoval.LeadsElsewhere:
                    return Stays(HomeOutcome.Refused, $"{purge.Home} leads through a symbolic link or out of the mail root, or is a mount point. It stays: look who changed it.");
                case TreeRemoval.NoDirectory:
                    return Stays(HomeOutcome.Refused, $"{purge.Home} is no directory. It stays: look who changed it.");
            }
        }
        catch (IOException e)
        {
            return Stays(HomeOutcome.Failed, $"{e.Message} Mend it and run adminpanel purge again.");
        }
        await ForgetAsync(purge, actor, ct);
        return new RemovedHome(purge.Name, purge.Home, HomeOutcome.Removed, null);

        RemovedHome Stays(HomeOutcome outcome, string problem) => new(purge.Name, purge.Home, outcome, problem);
    }

    // Of two runs at once one writes it down.
    private Task<Outcome<Purge>> ForgetAsync(Purge purge, Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await db.Purges.Where(p => p.Id == purge.Id).ExecuteDeleteAsync(token) == 0) return Outcome.NotFound<Purge>();

            db.Audit(actor, "mailbox.remove-mail", purge.Name, before: new { purge.Home, purge.RequestedAt, purge.RequestedBy });
            return Outcome.Done(purge);
        },
        duplicate: null,
        ct);

    private uint Id(string key) => uint.Parse(Host(key), CultureInfo.InvariantCulture);

    private string Host(string key) => ServerSettings.OfHost(configuration, key);
}
