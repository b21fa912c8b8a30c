using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.AppPasswords;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.SignIn;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>
/// Makes an app password, once, for whoever has the link that the owner made for a device, and hands it out within the
/// profile that sets the device up.
/// </summary>
public sealed class TakeDeviceProfile(AdminDb db, MailLinks links, ServerSettings settings)
{
    // No more than the profile speaks.
    private static readonly MailboxAccess Opens = new(Imap: true, Pop3: false, Smtp: true, Sieve: false, null);

    public sealed record Input
    {
        /// <summary>As it stands in the address that was shown.</summary>
        public string? Link { get; init; }

        /// <summary>What the app password is called in the owner's list; with a number behind it where another one is called so.</summary>
        public required string Name { get; init; }
    }

    /// <summary>The link, if it is good now and from here; the mailbox may be used as a profile uses it.</summary>
    public async Task<MailLink?> FindAsync(string? given, Actor visitor, CancellationToken ct) =>
        await links.FindAsync(MailLinkKind.Device, given, ct) is { Mailbox: { AllowsImap: true, AllowsSmtp: true } mailbox } link
        && mailbox.Entry!.Domain!.OwnerRights.HasFlag(MakeDeviceLink.Needs) && mailbox.PasswordChangedAt < link.CreatedAt
        && new Account { Kind = AccountKind.MailboxOwner, SecurityStamp = "", Mailbox = mailbox } is var owner
        && MailboxOwners.MayEnter(owner, db.UtcNow, visitor.Source) && !MailboxOwners.HasExpiredPassword(owner, db.UtcNow)
            ? link : null;

    /// <returns>The profile (AppleProfile).</returns>
    public async Task<Outcome<string>> RunAsync(Input input, Actor visitor, CancellationToken ct)
    {
        if (await FindAsync(input.Link, visitor, ct) is not { } found) return Outcome.NotFound<string>();

        var servers = ClientServers.Read(await settings.ReadAsync(ct));
        return await db.InTransactionAsync(
            async token =>
            {
                // Once more, behind the lock: what stops a link may have come in between.
                if (!await db.LockDomainAsync(found.Mailbox!.Entry!.DomainId, token) || await FindAsync(input.Link, visitor, token) is not { Mailbox: { } mailbox } link) return Outcome.NotFound<string>();

                var names = await db.AppPasswords.Where(p => p.MailboxId == mailbox.Id).Select(p => p.Name).ToListAsync(token);
                if (names.Count >= AppPassword.Most) return Outcome.Refused<string>(new Problem("", "AppPasswordsTooMany", AppPassword.Most));
                if (!await links.TakeAsync(link, token)) return Outcome.NotFound<string>();

                var address = EmailAddress.Parse(mailbox.Entry!.Address);
                var password = NewAppPassword.Add(db, mailbox, Free(input.Name, names), Opens, until: null, visitor with { Login = address.Value });
                return AppleProfile.Of(address, mailbox.DisplayName, servers, password) is { } profile ? Outcome.Done(profile) : Outcome.NotFound<string>();
            },
            duplicate: null,
            ct);
    }

    private static string Free(string name, List<string> taken) =>
        Enumerable.Range(1, taken.Count + 1).Select(n => n == 1 ? name : $"{name} ({n})").First(n => !taken.Contains(n, StringComparer.OrdinalIgnoreCase));
}
