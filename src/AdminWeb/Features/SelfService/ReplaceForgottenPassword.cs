using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>Gives a mailbox a new password, once, for whoever has the link that was sent to its recovery address.</summary>
public sealed class ReplaceForgottenPassword(AdminDb db, PasswordHasher hasher, BreachService breaches, MailLinks links)
{
    public sealed record Input
    {
        /// <summary>As it stands in the address that was sent.</summary>
        public string? Link { get; init; }

        public string? NewPassword { get; init; }
    }

    /// <summary>The mailbox that a link is for, if the link is good now and from here.</summary>
    public async Task<MailLink?> FindAsync(string? given, Actor visitor, CancellationToken ct) =>
        await links.FindAsync(MailLinkKind.Password, given, ct) is { Mailbox: { } mailbox } link
        // Whoever changed the password since needs no link; whoever made another recovery address good has that.
        && mailbox.GoodRecoveryAddress is not null && mailbox.Entry!.Domain!.OwnerRights.HasFlag(OwnerRights.Recovery) && mailbox.PasswordChangedAt < link.CreatedAt
        && MailboxOwners.MayEnter(new Account { Kind = AccountKind.MailboxOwner, SecurityStamp = "", Mailbox = mailbox }, db.UtcNow, visitor.Source)
            ? link : null;

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor visitor, CancellationToken ct)
    {
        // Before a hash is made for anybody who comes by.
        if (await FindAsync(input.Link, visitor, ct) is not { } link) return Outcome.NotFound<Saved>();

        var address = EmailAddress.Parse(link.Mailbox!.Entry!.Address);
        if (PasswordRules.Check(input.NewPassword, nameof(Input.NewPassword), address, link.Mailbox.DisplayName, link.Mailbox.Entry.Domain!.PasswordMinLength) is { } problem) return Outcome.Refused<Saved>(problem);
        if (await breaches.CheckAsync(input.NewPassword!, nameof(Input.NewPassword), ct) is { } known) return Outcome.Refused<Saved>(known);

        var hash = await hasher.HashAsync(input.NewPassword!, ct);
        return await db.InTransactionAsync(
            async token =>
            {
                if (!await db.LockDomainAsync(link.Mailbox.Entry.DomainId, token) || !await links.TakeAsync(link, token)) return Outcome.NotFound<Saved>();

                var mailbox = await db.Mailboxes.Include(m => m.Entry).FirstAsync(m => m.Id == link.MailboxId, token);
                await OwnPassword.ReplaceAsync(db, mailbox, hash, visitor with { Login = address.Value }, token);
                return Outcome.Done(new Saved(mailbox.Id, address.Value));
            },
            duplicate: null,
            ct);
    }
}
