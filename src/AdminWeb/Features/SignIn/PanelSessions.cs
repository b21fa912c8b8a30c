using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Serve;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>What a cookie comes to.</summary>
/// <param name="Account">As its row is now; an owner's with mailbox, address and domain.</param>
/// <param name="Session">Null where it was ended.</param>
/// <param name="IsAskedForSecondFactor">By the rule for the kind of account, or by the domain.</param>
internal sealed record FoundSession(Account Account, PanelSession? Session, bool IsAskedForSecondFactor)
{
    public bool OwesSecondFactor => IsAskedForSecondFactor && Session?.HasSecondFactor == false;
}

/// <summary>
/// The sessions of the panel, a row for each browser: the cookie holds the row's number, sealed, and a row that is
/// gone ends it, whoever has a copy. One query at each request finds row, account and what is asked of it.
/// </summary>
public sealed class PanelSessions(AdminDb db, UserManager<Account> users, SignInRecorder records, PanelSettings settings)
{
    /// <summary>How far <see cref="PanelSession.LastSeenAt"/> may be behind: not each request writes.</summary>
    private static readonly TimeSpan Granularity = TimeSpan.FromMinutes(5);

    private static readonly Func<AdminDb, long, long, CancellationToken, Task<FoundSession?>> OfAdmin = EF.CompileAsyncQuery(
        (AdminDb db, long id, long session, CancellationToken _) => db.Accounts.AsNoTracking().Where(a => a.Id == id && a.MailboxId == null)
            .SelectMany(a => db.PanelSessions.Where(s => s.Id == session && s.AccountId == a.Id).DefaultIfEmpty(), (a, s) => new FoundSession(
                a, s, db.RoleRules.Any(r => r.Kind == a.Kind && r.NeedsSecondFactor))).FirstOrDefault());

    private static readonly Func<AdminDb, long, long, CancellationToken, Task<FoundSession?>> OfOwner = EF.CompileAsyncQuery(
        (AdminDb db, long id, long session, CancellationToken _) => db.Accounts.AsNoTracking().Include(a => a.Mailbox!.Entry!.Domain).Where(a => a.Id == id && a.MailboxId != null)
            .SelectMany(a => db.PanelSessions.Where(s => s.Id == session && s.AccountId == a.Id).DefaultIfEmpty(), (a, s) => new FoundSession(
                a, s, (a.Mailbox!.Entry!.Domain!.OwnerRights & OwnerRights.SecondFactor) != 0
                    && (a.Mailbox.Entry.Domain.OwnersNeedSecondFactor || db.RoleRules.Any(r => r.Kind == a.Kind && r.NeedsSecondFactor)))).FirstOrDefault());

    /// <param name="userId">As <see cref="AccountStore"/> writes it.</param>
    internal Task<FoundSession?> FindAsync(string userId, long session, CancellationToken ct) => !AccountStore.TryRead(userId, out var id, out var isOwner)
        ? Task.FromResult<FoundSession?>(null)
        : isOwner ? OfOwner(db, id, session, ct) : OfAdmin(db, id, session, ct);

    /// <summary>Whether it is within its limit; that it is not idle for too long, the cookie sees to.</summary>
    internal bool IsWithinLimit(PanelSession session) => db.UtcNow - session.StartedAt < settings.SessionLimit;

    /// <summary>The living sessions of an account that have not ended by a changed credential, the one seen last first.</summary>
    internal async Task<IReadOnlyList<PanelSession>> OfAsync(Account account, CancellationToken ct)
    {
        var (stamp, now) = (await users.GetSecurityStampAsync(account), db.UtcNow);
        var (idle, limit) = (now - settings.SessionIdle - Granularity, now - settings.SessionLimit);
        return await db.PanelSessions.AsNoTracking().Where(s => s.AccountId == account.Id && s.Stamp == stamp && s.LastSeenAt > idle && s.StartedAt > limit)
            .OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
    }

    /// <summary>Writes a session down that begins, or one that goes on with another stamp.</summary>
    /// <param name="session">The row of the cookie that is replaced; null for a new one.</param>
    /// <returns>The row's number.</returns>
    internal async Task<long> KeepAsync(string userId, long? session, string? source, string? browser, CancellationToken ct)
    {
        var account = await users.FindByIdAsync(userId) ?? throw new InvalidOperationException("Nobody signs in with an account that is not there.");
        var (stamp, hasFactor, now) = (await users.GetSecurityStampAsync(account), await db.HasSecondFactorAsync(account.Id, ct), db.UtcNow);
        if (session is { } known && await db.PanelSessions.Where(s => s.Id == known && s.AccountId == account.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Stamp, stamp).SetProperty(s => s.HasSecondFactor, hasFactor).SetProperty(s => s.LastSeenAt, now), ct) == 1) return known;

        await SweepAsync(now, ct);
        var row = new PanelSession
        {
            AccountId = account.Id, Stamp = stamp, HasSecondFactor = hasFactor, StartedAt = now, LastSeenAt = now, Source = source,
            Browser = browser is { Length: > PanelSession.MaxBrowser } ? browser[..PanelSession.MaxBrowser] : browser,
        };
        db.PanelSessions.Add(row);
        await db.SaveChangesAsync(ct);
        records.AddPanel(account, source, isAccepted: true);
        return row.Id;
    }

    /// <summary>Takes note that it is in use, now and then.</summary>
    internal async Task SeeAsync(PanelSession session, string? source, CancellationToken ct)
    {
        var now = db.UtcNow;
        if (now - session.LastSeenAt < Granularity && session.Source == source) return;

        await db.PanelSessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.Source, source), ct);
    }

    // Somebody signs in now and then, so the table stays as small as what is open.
    private async Task SweepAsync(DateTime now, CancellationToken ct)
    {
        var (idle, limit) = (now - settings.SessionIdle - Granularity, now - settings.SessionLimit);
        await db.PanelSessions.Where(s => s.LastSeenAt < idle || s.StartedAt < limit).Take(200).ExecuteDeleteAsync(ct);
    }
}
