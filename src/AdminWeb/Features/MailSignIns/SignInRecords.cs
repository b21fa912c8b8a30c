using AdminPanel.Data;
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

    /// <summary>Reports about addresses that are no mailbox leave no trace.</summary>
    public async Task WriteAsync(IReadOnlyList<SignInSum> sums, CancellationToken ct)
    {
        var addresses = sums.Select(s => s.Report.Address).Distinct(StringComparer.Ordinal).ToList();
        var mailboxes = await db.Mailboxes.Where(m => addresses.Contains(m.Entry!.Address)).Select(m => new { m.Id, m.Entry!.Address }).ToListAsync(ct);
        var known = mailboxes.ToDictionary(m => m.Address, m => m.Id, StringComparer.Ordinal);
        // In order of the keys, so that two panels do not wait for each other in a circle.
        var rows = sums.Where(s => known.ContainsKey(s.Report.Address))
            .Select(s => (Mailbox: known[s.Report.Address], s.Report.Service, From: s.Report.RemoteAddress, s.Times, s.Report.IsAccepted))
            .OrderBy(r => r.Mailbox).ThenBy(r => r.Service, StringComparer.Ordinal).ThenBy(r => r.From, StringComparer.Ordinal).ToList();
        var now = db.UtcNow;

        // IGNORE: a mailbox may have gone a moment ago, and its foreign key with it.
        await InsertAsync(
            "INSERT IGNORE INTO mailbox_sign_ins (mailbox_id, service, remote_address, first_at, last_at, times) VALUES ",
            "ON DUPLICATE KEY UPDATE last_at = VALUES(last_at), times = times + VALUES(times)",
            [.. rows.Where(r => r.IsAccepted).Select(r => (object[])[r.Mailbox, r.Service, r.From, now, now, r.Times])], ct);
        await InsertAsync(
            "INSERT IGNORE INTO refused_sign_ins (mailbox_id, service, day, remote_address, last_at, times) VALUES ",
            "ON DUPLICATE KEY UPDATE remote_address = VALUES(remote_address), last_at = VALUES(last_at), times = times + VALUES(times)",
            [.. rows.Where(r => !r.IsAccepted).Select(r => (object[])[r.Mailbox, r.Service, now.Date, r.From, now, r.Times])], ct);
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
