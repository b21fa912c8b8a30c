using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Adds a mailbox to a hosted domain that the actor administers, within the domain's limits.</summary>
public sealed class CreateMailbox(AdminDb db, PasswordHasher hasher, BreachService breaches)
{
    public sealed record Input : MailboxForm
    {
        /// <summary>The hosted domain, in Unicode or A-labels. One that is not there, or not the actor's, is NotFound.</summary>
        public string? DomainName { get; init; }

        public string? LocalPart { get; init; }

        /// <summary>True: the panel makes the password and answers it once. False: <see cref="Password"/>.</summary>
        public bool GeneratesPassword { get; init; }

        public string? Password { get; init; }

        /// <summary>True: no quota. False: <see cref="MailboxForm.Quota"/>, or the domain's default where that is empty.</summary>
        public bool HasNoQuota { get; init; }

        public bool IsActive { get; init; } = true;
    }

    public async Task<Outcome<SavedWithPassword>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!DomainName.TryParse(input.DomainName, out var name)) return Outcome.NotFound<SavedWithPassword>();

        var domain = await db.Domains.AsNoTracking().PermittedTo(actor, DomainPermissions.Mailboxes).FirstOrDefaultAsync(d => d.Name == name && d.Kind == DomainKind.Hosted, ct);
        if (domain is null) return Outcome.NotFound<SavedWithPassword>();

        var reading = new Reading();
        var draft = MailboxDraft.Read(input, domain, await db.RecipientDelimiterAsync(ct), db.UtcNow, reading);
        if (draft is not null && await db.OwnerOfAsync(draft.Address.Value, ct) is { } owner) reading.Add(draft.TakenBy(owner));
        if (draft is null || reading.HasProblems) return Outcome.Refused<SavedWithPassword>(reading.Problems);
        if (!input.GeneratesPassword && await breaches.CheckAsync(input.Password!, nameof(Input.Password), ct) is { } known) return Outcome.Refused<SavedWithPassword>(known);

        // Before the transaction: a hash takes a tenth of a second, and nobody should wait for the domain's lock that long.
        var password = input.GeneratesPassword ? PasswordGenerator.Generate() : input.Password!;
        var hash = await hasher.HashAsync(password, ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var (mailbox, reasons) = await draft.AddToAsync(db, domain.Id, hash, actor, token);
                if (reasons is null) return Outcome.NotFound<SavedWithPassword>();
                if (mailbox is null) return Outcome.Refused<SavedWithPassword>(reasons);

                if (draft.Forwards.Count > 0 && await db.ForwardProblemAsync(nameof(Input.Forwards), [mailbox.Entry!], actor, token) is { } endless)
                    return Outcome.Refused<SavedWithPassword>(endless);

                await db.SaveChangesAsync(token);
                return Outcome.Done(new SavedWithPassword(mailbox.Id, mailbox.Entry!.Address, input.GeneratesPassword ? password : null));
            },
            new Problem(nameof(Input.LocalPart), "AddressTakenJustNow", draft.Address.Unicode),
            ct);
    }
}
