using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailSignIns;

/// <param name="Times">How often it was reported.</param>
public sealed record SignInSum(SignInReport Report, long Times);

/// <summary>The tables of sign-ins: writes reports down, and clears away what is old.</summary>
public sealed class SignInRecords(AdminDb db)
{
    /// <summary>Rows that one statement deletes: nobody waits long for its locks.</summary>
    private const int SweptAtOnce = 5_000;

    /// <summary>Reports about addresses that are no mailbox, under no alias domain either, leave no trace.</summary>
    public async Task WriteAsync(IReadOnlyList<SignInSum> sums, CancellationToken ct)
    {
        var known = await MailboxesAsync([.. sums.Select(s => s.Report.Address).Distinct(StringComparer.Ordinal)], ct);
        // In order of the keys, so that two panels do not wait for each other in a circle.
        var rows = sums.Where(s => known.ContainsKey(s.Report.Address))
            .GroupBy(s => (Mailbox: known[s.Report.Address], s.Report.Service, From: s.Report.RemoteAddress, s.Report.IsAccepted))
            .Select(g => (g.Key.Mailbox, g.Key.Service, g.Key.From, g.Key.IsAccepted, Times: g.Sum(s => s.Times)))
            .OrderBy(r => r.Mailbox).ThenBy(r => r.Service, StringComparer.Ordinal).ThenBy(r => r.From, StringComparer.Ordinal).ToList();
        var now = db.UtcNow;

        await TellAsync([.. rows.Where(r => r.IsAccepted).Select(r => (r.Mailbox, r.Service, r.From))], ct);
        // IGNORE: a mailbox may have gone a moment ago, and its foreign key with it.
        await InsertAsync(
            "INSERT IGNORE INTO mailbox_sign_ins (mailbox_id, service, remote_address, first_at, last_at, times) VALUES ",
            "ON DUPLICATE KEY UPDATE last_at = VALUES(last_at), times = times + VALUES(times)",
            [.. rows.Where(r => r.IsAccepted).Select(r => (object[])[r.Mailbox, r.Service, r.From, now, now, r.Times])], ct);
        await InsertAsync(
            "INSERT IGNORE INTO refused_sign_ins (mailbox_id, service, day, remote_address, last_at, times) VALUES ",
            "ON DUPLICATE KEY UPDATE remote_address = VALUES(remote_address), last_at = VALUES(last_at), times = times + VALUES(times)",
            [.. rows.Where(r => !r.IsAccepted).Select(r => (object[])[r.Mailbox, r.Service, now.Date, r.From, now, r.Times])], ct);
        foreach (var used in sums.Where(s => s.Report.AppPassword is not null && known.ContainsKey(s.Report.Address)).Select(s => s.Report).DistinctBy(r => r.AppPassword).OrderBy(r => r.AppPassword))
            await UsedAsync(used.AppPassword!.Value, known[used.Address], used, now, ct);
    }

    /// <summary>Has the owners who want it told that somebody comes from where nobody came from before. The first place of all is no news.</summary>
    private async Task TellAsync(IReadOnlyList<(long Mailbox, string Service, string From)> accepted, CancellationToken ct)
    {
        var ids = accepted.Select(r => r.Mailbox).Distinct().ToList();
        var wanting = await db.Accounts.Where(a => a.TellsOfNewNetworks && a.MailboxId != null && ids.Contains(a.MailboxId.Value)).Select(a => a.MailboxId!.Value).ToListAsync(ct);
        if (wanting.Count == 0) return;

        var places = (await db.MailboxSignIns.Where(s => wanting.Contains(s.MailboxId)).Select(s => new { s.MailboxId, s.RemoteAddress }).Distinct().ToListAsync(ct)).ToLookup(s => s.MailboxId, s => s.RemoteAddress);
        foreach (var id in wanting.Where(places.Contains))
        {
            if (accepted.FirstOrDefault(r => r.Mailbox == id && !places[id].Contains(r.From)) is not { From: not null } news) continue;

            await db.InTransactionAsync(
                async token =>
                {
                    if (await db.Mailboxes.FirstOrDefaultAsync(m => m.Id == id, token) is { } mailbox) await db.RenewNoticeAsync(NoticeKind.NewNetwork, mailbox, token, $"{news.Service} {news.From}");
                    return Outcome.Done(true);
                },
                duplicate: new Problem("", "PlanChanged"),
                ct);
        }
    }

    private Task<int> UsedAsync(long id, long mailbox, SignInReport report, DateTime now, CancellationToken ct) => db.Database.CreateExecutionStrategy().ExecuteAsync(
        token => db.AppPasswords.Where(p => p.Id == id && p.MailboxId == mailbox).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.LastUsedAt, now).SetProperty(p => p.LastUsedService, report.Service).SetProperty(p => p.LastUsedFrom, report.RemoteAddress), token),
        ct);

    /// <summary>
    /// The mailbox of each name that somebody signed in with. Dovecot reports an accepted sign-in under the mailbox's
    /// own address, a refused one as it was typed: that can be the name under an alias domain.
    /// </summary>
    private async Task<Dictionary<string, long>> MailboxesAsync(IReadOnlyList<string> names, CancellationToken ct)
    {
        var typed = new Dictionary<string, EmailAddress>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (EmailAddress.TryParse(name, out var address)) typed[name] = address;
        }
        var domains = typed.Values.Select(t => t.Domain).Distinct().ToList();
        var targets = await db.Domains.Where(d => d.Kind == DomainKind.Alias && domains.Contains(d.Name)).Select(d => new { d.Name, Target = d.Target!.Name }).ToDictionaryAsync(d => d.Name, d => d.Target, ct);
        var owners = typed.ToDictionary(t => t.Key, t => (t.Value with { Domain = targets.GetValueOrDefault(t.Value.Domain, t.Value.Domain) }).Value, StringComparer.Ordinal);

        var addresses = owners.Values.Distinct(StringComparer.Ordinal).ToList();
        var mailboxes = await db.Mailboxes.Where(m => addresses.Contains(m.Entry!.Address)).Select(m => new { m.Id, m.Entry!.Address })
            .ToDictionaryAsync(m => m.Address, m => m.Id, StringComparer.Ordinal, ct);
        return owners.Where(o => mailboxes.ContainsKey(o.Value)).ToDictionary(o => o.Key, o => mailboxes[o.Value], StringComparer.Ordinal);
    }

    public async Task SweepAsync(CancellationToken ct)
    {
        var now = db.UtcNow;
        while (await db.Database.ExecuteSqlAsync($"DELETE FROM mailbox_sign_ins WHERE last_at < {now - MailboxSignIn.KeptFor} LIMIT {SweptAtOnce}", ct) == SweptAtOnce)
        {
            // The next ones.
        }
        while (await db.Database.ExecuteSqlAsync($"DELETE FROM refused_sign_ins WHERE day < {now - RefusedSignIn.KeptFor} LIMIT {SweptAtOnce}", ct) == SweptAtOnce)
        {
            // The next ones.
        }
    }

    private async Task InsertAsync(string insert, string onDuplicate, IReadOnlyList<object[]> rows, CancellationToken ct)
    {
        if (rows.Count == 0) return;

        var width = rows[0].Length;
        var places = rows.Select((_, row) => $"({string.Join(", ", Enumerable.Range(row * width, width).Select(i => $"{{{i}}}"))})");
        var sql = $"{insert}{string.Join(", ", places)} {onDuplicate}";
        await db.Database.CreateExecutionStrategy().ExecuteAsync(token => db.Database.ExecuteSqlRawAsync(sql, rows.SelectMany(r => r), token), ct);
    }
}
