using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>
/// Makes a password for one mail program of the actor's own mailbox, and answers it once. It asks for the mailbox's
/// password: what it makes outlives the session that made it.
/// </summary>
public sealed class AddAppPassword(AdminDb db, PasswordProof proof)
{
    public sealed record Input
    {
        /// <summary>What the owner calls the program or the device.</summary>
        public string? Name { get; init; }

        public bool AllowsImap { get; init; }

        public bool AllowsPop3 { get; init; }

        public bool AllowsSmtp { get; init; }

        public bool AllowsSieve { get; init; }

        /// <summary>Its last day, or the day and time (UTC) at which it ends; empty is never.</summary>
        public string? ActiveUntil { get; init; }

        /// <summary>Of the mailbox.</summary>
        public string? CurrentPassword { get; init; }

        internal bool AllowsSomething => AllowsImap || AllowsPop3 || AllowsSmtp || AllowsSieve;
    }

    public async Task<Outcome<SavedWithPassword>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var known = await db.Mailboxes.OwnedBy(actor, OwnerRights.AppPasswords).AsNoTracking().Include(m => m.Entry).FirstOrDefaultAsync(ct);
        if (known is null) return Outcome.NotFound<SavedWithPassword>();

        var reading = new Reading();
        var name = reading.Note(nameof(Input.Name), input.Name, AppPassword.MaxName);
        if (string.IsNullOrWhiteSpace(input.Name)) reading.Add(new Problem(nameof(Input.Name), "AppPasswordNameEmpty"));
        if (!input.AllowsSomething) reading.Add(new Problem("", "AppPasswordOpensNothing"));
        var until = ActivePeriod.Read(reading, null, input.ActiveUntil, stored: default, db.UtcNow).Until;
        if (string.IsNullOrEmpty(input.CurrentPassword)) reading.Add(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordEmpty"));
        if (reading.HasProblems) return Outcome.Refused<SavedWithPassword>(reading.Problems);

        if (await proof.CheckAsync(nameof(Input.CurrentPassword), known.PasswordHash, input.CurrentPassword!, actor, ct) is { } wrong) return Outcome.Refused<SavedWithPassword>(wrong);

        return await db.InTransactionAsync(token => SaveAsync(known, name!, input, until, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<SavedWithPassword>> SaveAsync(Mailbox known, string name, Input input, DateTime? until, Actor actor, CancellationToken ct)
    {
        if (!await db.LockDomainAsync(known.Entry!.DomainId, ct) || await db.Mailboxes.OwnedBy(actor, OwnerRights.AppPasswords).Include(m => m.Entry).FirstOrDefaultAsync(ct) is not { } mailbox) return Outcome.NotFound<SavedWithPassword>();
        if (mailbox.PasswordHash != known.PasswordHash) return Outcome.Refused<SavedWithPassword>(new Problem(nameof(Input.CurrentPassword), "CurrentPasswordWrong"));

        var names = await db.AppPasswords.Where(p => p.MailboxId == mailbox.Id).Select(p => p.Name).ToListAsync(ct);
        if (names.Contains(name, StringComparer.OrdinalIgnoreCase)) return Outcome.Refused<SavedWithPassword>(new Problem(nameof(Input.Name), "AppPasswordNameTaken", name));
        if (names.Count >= AppPassword.Most) return Outcome.Refused<SavedWithPassword>(new Problem("", "AppPasswordsTooMany", AppPassword.Most));

        var opens = new MailboxAccess(input.AllowsImap, input.AllowsPop3, input.AllowsSmtp, input.AllowsSieve, null);
        var password = NewAppPassword.Add(db, mailbox, name, opens, until, actor);
        return Outcome.Done(new SavedWithPassword(mailbox.Id, name, password));
    }
}
