using System.Security.Cryptography;
using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Filters;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.Vacations;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Scripts;

/// <summary>
/// Makes the panel's script of a mailbox what the database says: after each change at once, and again and again, since
/// aliases, domains and days change what it says. What fails is tried again; nothing of what somebody chose gets lost.
/// </summary>
public sealed class KeepScript(AdminDb db, ScriptServer server, ServerSettings settings, ILogger<KeepScript> log)
{
    /// <summary>How long an alias may be there before mail to it is answered.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(10);

    /// <summary>Longer than any conversation with the mail server.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Looks at the script that has been due longest.</summary>
    public async Task<DueStep> NextAsync(CancellationToken ct)
    {
        var now = db.UtcNow;
        var id = await db.MailboxScripts.Where(s => s.DueAt <= now).OrderBy(s => s.DueAt).Select(s => (long?)s.MailboxId).FirstOrDefaultAsync(ct);
        return id is { } mailboxId ? await OfMailboxAsync(mailboxId, ct) : DueStep.NothingDue;
    }

    /// <summary>Looks at the script of one mailbox, if there is one, due or not.</summary>
    public async Task<DueStep> OfMailboxAsync(long mailboxId, CancellationToken ct)
    {
        var now = db.UtcNow;
        var script = await db.MailboxScripts.AsNoTracking().Include(s => s.Mailbox!.Vacation).Include(s => s.Mailbox!.Entry!.Domain)
            .FirstOrDefaultAsync(s => s.MailboxId == mailboxId, ct);
        if (script is null) return DueStep.NothingDue;

        // Another panel was faster.
        var lease = now + Lease;
        if (await db.MailboxScripts.Where(s => s.MailboxId == mailboxId && s.DueAt == script.DueAt).ExecuteUpdateAsync(set => set.SetProperty(s => s.DueAt, lease), ct) == 0) return DueStep.DealtWith;

        script.DueAt = lease;
        return await KeepAsync(script, now, ct);
    }

    private async Task<DueStep> KeepAsync(MailboxScript script, DateTime now, CancellationToken ct)
    {
        var entry = script.Mailbox!.Entry!;
        // Dovecot knows no mailbox that is switched off; it gets no mail to answer either.
        if (AddressStates.At(now, entry.IsActive, entry.ActiveFrom, entry.ActiveUntil, entry.Domain!.IsActive) != AddressState.Active)
        {
            await SaveAsync(script, now + Round, ct);
            return DueStep.DealtWith;
        }
        var text = await TextAsync(script.Mailbox, now, ct);
        var digest = text is null ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var fault = script.State == ScriptState.Written && script.Digest == digest && digest is not null ? null : await server.KeepAsync(entry.Address, text, ct);
        if (fault is not null) return await AwaitAsync(script, entry.Address, fault, now, ct);

        if (text is null)
        {
            await Mine(script).ExecuteDeleteAsync(ct);
            return DueStep.DealtWith;
        }
        (script.State, script.Digest, script.Refusal, script.Failures) = (ScriptState.Written, digest, null, 0);
        await SaveAsync(script, now + Round, ct);
        return DueStep.DealtWith;
    }

    /// <returns>Null where there is nothing to do for a script.</returns>
    private async Task<string?> TextAsync(Mailbox mailbox, DateTime now, CancellationToken ct)
    {
        var rules = await db.MailboxFilters.AsNoTracking().Where(f => f.MailboxId == mailbox.Id).InOrder().ToListAsync(ct);
        var vacation = mailbox.Vacation?.IsWantedOn(DateOnly.FromDateTime(now)) == true ? mailbox.Vacation : null;
        if (rules.Count == 0 && vacation is null && mailbox.SpamFrom is null) return null;

        var spam = new SpamMark(ServerSettings.MarksSpam(await settings.ReadAsync(ct)), mailbox.SpamFrom);
        return ScriptText.Render(
            FilterScript.Render(rules.Select(FilterRule.Of), spam),
            vacation is null ? null : VacationScript.Render(vacation, await OwnAddresses.OfAsync(db, mailbox.AddressId, ct), spam),
            spam.Decision);
    }

    private async Task<DueStep> AwaitAsync(MailboxScript script, string address, ScriptFault fault, DateTime now, CancellationToken ct)
    {
        // 1, 2, 4 ... 60 minutes; what will not compile today will not in a minute either.
        var pause = fault.IsFinal ? 60 : Math.Min(60, Math.Pow(2, Math.Min(script.Failures, 6)));
        var reason = fault.Reason.ReplaceLineEndings(" ");
        script.State = fault.IsFinal ? ScriptState.Refused : ScriptState.Asked;
        script.Refusal = reason.Length > MailboxScript.MaxRefusal ? reason[..MailboxScript.MaxRefusal] : reason;
        script.Failures++;
        await SaveAsync(script, now.AddMinutes(pause), ct);
        if (fault.IsFinal) log.ScriptRefused(address, reason);
        else log.ScriptWaits(address, reason);
        return fault.IsOfServer ? DueStep.ServerAway : DueStep.DealtWith;
    }

    /// <summary>Nothing where somebody has asked for another script meanwhile: then it is due again.</summary>
    private Task<int> SaveAsync(MailboxScript script, DateTime dueAt, CancellationToken ct) => Mine(script).ExecuteUpdateAsync(
        set => set.SetProperty(s => s.DueAt, dueAt).SetProperty(s => s.State, script.State).SetProperty(s => s.Digest, script.Digest)
            .SetProperty(s => s.Refusal, script.Refusal).SetProperty(s => s.Failures, script.Failures), ct);

    private IQueryable<MailboxScript> Mine(MailboxScript script) => db.MailboxScripts.Where(s => s.MailboxId == script.MailboxId && s.DueAt == script.DueAt);
}
