using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>Gives a mailbox another password, typed or made by the panel.</summary>
public sealed class SetMailboxPassword(AdminDb db, PasswordHasher hasher, BreachService breaches)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>True: the panel makes the password and answers it once. False: <see cref="Password"/>.</summary>
        public bool GeneratesPassword { get; init; }

        public string? Password { get; init; }
    }

    public async Task<Outcome<SavedWithPassword>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var found = await db.Mailboxes.PermittedTo(actor, DomainPermissions.Passwords).Where(m => m.Id == input.Id).Select(m => new { m.Entry!.Address, m.DisplayName, m.Entry.Domain!.PasswordMinLength }).FirstOrDefaultAsync(ct);
        if (found is null) return Outcome.NotFound<SavedWithPassword>();

        if (!input.GeneratesPassword
            && PasswordRules.Check(input.Password, nameof(Input.Password), EmailAddress.Parse(found.Address), found.DisplayName, found.PasswordMinLength) is { } problem) return Outcome.Refused<SavedWithPassword>(problem);
        if (!input.GeneratesPassword && await breaches.CheckAsync(input.Password!, nameof(Input.Password), ct) is { } known) return Outcome.Refused<SavedWithPassword>(known);

        var password = input.GeneratesPassword ? PasswordGenerator.Generate() : input.Password!;
        var hash = await hasher.HashAsync(password, ct);
        return await db.InTransactionAsync(
            async token =>
            {
                var mailbox = await db.LockMailboxAsync(input.Id, actor, token, DomainPermissions.Passwords);
                if (mailbox is null) return Outcome.NotFound<SavedWithPassword>();

                mailbox.PasswordHash = hash;
                mailbox.PasswordChangedAt = db.UtcNow;
                db.Audit(actor, "mailbox.set-password", found.Address, mailbox.Entry!.DomainId, after: new { mailbox.PasswordChangedAt });
                return Outcome.Done(new SavedWithPassword(mailbox.Id, found.Address, input.GeneratesPassword ? password : null));
            },
            duplicate: null,
            ct);
    }
}
