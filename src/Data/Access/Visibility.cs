using AdminPanel.Data.Model;

namespace AdminPanel.Data.Access;

/// <summary>
/// Who may see what, as part of the query: asked of the database now, not of a stale claim. What is outside an
/// actor's scope is simply not found, so nobody learns that it exists.
/// </summary>
public static class Visibility
{
    /// <summary>Whoever holds one of these sees mailboxes.</summary>
    public const DomainPermissions SeesMailboxes = DomainPermissions.Mailboxes | DomainPermissions.Passwords;

    public static IQueryable<MailDomain> VisibleTo(this IQueryable<MailDomain> domains, Actor actor)
    {
        domains = domains.Where(d => d.Kind != DomainKind.Recycled);
        if (actor.IsSuperadmin) return domains;

        var accountId = actor.AccountId;
        // An alias domain belongs to whoever administers its target.
        return domains.Where(d => d.Admins.Any(a => a.AccountId == accountId) || d.Target!.Admins.Any(a => a.AccountId == accountId));
    }

    /// <summary>Domains that a domain admin can be assigned. An alias domain goes with its target, one in the recycle bin is nobody's.</summary>
    public static IQueryable<MailDomain> Assignable(this IQueryable<MailDomain> domains) =>
        domains.Where(d => d.Kind == DomainKind.Hosted || d.Kind == DomainKind.Relay);

    /// <summary>Domains in which the actor may at least one of these. Alias domains are the superadmins' to manage.</summary>
    public static IQueryable<MailDomain> PermittedTo(this IQueryable<MailDomain> domains, Actor actor, DomainPermissions anyOf)
    {
        domains = domains.Where(d => d.Kind != DomainKind.Recycled);
        if (actor.IsSuperadmin) return domains;

        var accountId = actor.AccountId;
        return domains.Where(d => d.Admins.Any(g => g.AccountId == accountId && (g.Permissions & anyOf) != 0));
    }

    /// <summary>Mailboxes to whoever manages them or sets their passwords, recipients of relay domains to whoever manages those, other addresses to whoever manages aliases.</summary>
    public static IQueryable<AddressEntry> VisibleTo(this IQueryable<AddressEntry> addresses, Actor actor)
    {
        if (actor.IsSuperadmin) return addresses;

        var accountId = actor.AccountId;
        return addresses.Where(a => a.Domain!.Admins.Any(g => g.AccountId == accountId
            && (g.Permissions & (a.Kind == AddressKind.Mailbox ? SeesMailboxes : a.Kind == AddressKind.RelayRecipient ? DomainPermissions.Mailboxes : DomainPermissions.Aliases)) != 0));
    }

    /// <summary>Addresses the actor may change: mailboxes and recipients of relay domains with the permission for mailboxes, others with the one for aliases.</summary>
    public static IQueryable<AddressEntry> ManagedBy(this IQueryable<AddressEntry> addresses, Actor actor)
    {
        if (actor.IsSuperadmin) return addresses;

        var accountId = actor.AccountId;
        return addresses.Where(a => a.Domain!.Admins.Any(g => g.AccountId == accountId
            && (g.Permissions & (a.Kind == AddressKind.Mailbox || a.Kind == AddressKind.RelayRecipient ? DomainPermissions.Mailboxes : DomainPermissions.Aliases)) != 0));
    }

    /// <summary>Mailboxes that the actor manages, or sets passwords of.</summary>
    public static IQueryable<Mailbox> VisibleTo(this IQueryable<Mailbox> mailboxes, Actor actor) => mailboxes.PermittedTo(actor, SeesMailboxes);

    /// <summary>Mailboxes of the domains in which the actor may at least one of these.</summary>
    public static IQueryable<Mailbox> PermittedTo(this IQueryable<Mailbox> mailboxes, Actor actor, DomainPermissions anyOf)
    {
        if (actor.IsSuperadmin) return mailboxes;

        var accountId = actor.AccountId;
        return mailboxes.Where(m => m.Entry!.Domain!.Admins.Any(g => g.AccountId == accountId && (g.Permissions & anyOf) != 0));
    }

    /// <summary>Aliases and catch-alls that the actor manages: seeing one is no less than managing it.</summary>
    public static IQueryable<Alias> VisibleTo(this IQueryable<Alias> aliases, Actor actor)
    {
        if (actor.IsSuperadmin) return aliases;

        var accountId = actor.AccountId;
        return aliases.Where(a => a.Entry!.Domain!.Admins.Any(g => g.AccountId == accountId && (g.Permissions & DomainPermissions.Aliases) != 0));
    }

    /// <summary>
    /// What is in the recycle bin on its own, to whoever may delete such things: restoring and purging are no less. A
    /// domain in the bin, with all that is in it, is the superadmins' alone.
    /// </summary>
    public static IQueryable<RecycledItem> ManagedBy(this IQueryable<RecycledItem> items, Actor actor)
    {
        items = items.Where(i => i.ParentId == null);
        if (actor.IsSuperadmin) return items;

        var accountId = actor.AccountId;
        return items.Where(i => i.Kind != RecycledKind.Domain && i.Domain!.Admins.Any(g => g.AccountId == accountId
            && (g.Permissions & (i.Kind == RecycledKind.Mailbox ? DomainPermissions.Mailboxes : DomainPermissions.Aliases)) != 0));
    }

    /// <summary>A job is the business of whoever started it.</summary>
    public static IQueryable<Job> VisibleTo(this IQueryable<Job> jobs, Actor actor)
    {
        if (actor.IsSuperadmin) return jobs;

        var accountId = actor.AccountId;
        return jobs.Where(j => j.AccountId == accountId);
    }

    /// <summary>An import holds passwords: nobody but whoever uploaded it sees it, superadmins neither.</summary>
    public static IQueryable<MailboxImport> VisibleTo(this IQueryable<MailboxImport> imports, Actor actor)
    {
        var accountId = actor.AccountId;
        return imports.Where(i => accountId != null && i.AccountId == accountId);
    }

    /// <summary>The admins' accounts, which are the superadmins' business alone. A mailbox owner's is the owner's.</summary>
    public static IQueryable<Account> VisibleTo(this IQueryable<Account> accounts, Actor actor) =>
        actor.IsSuperadmin ? accounts.Where(a => a.Kind != AccountKind.MailboxOwner) : accounts.Where(_ => false);

    /// <summary>The actor's own mailbox, for a mailbox owner.</summary>
    public static IQueryable<Mailbox> OwnedBy(this IQueryable<Mailbox> mailboxes, Actor actor)
    {
        var mailboxId = actor.MailboxId;
        return mailboxes.Where(m => mailboxId != null && m.Id == mailboxId);
    }

    /// <summary>The actor's own mailbox, where its domain lets owners do this.</summary>
    /// <param name="right">All of these.</param>
    public static IQueryable<Mailbox> OwnedBy(this IQueryable<Mailbox> mailboxes, Actor actor, OwnerRights right)
    {
        right |= OwnerRights.Panel;
        return mailboxes.OwnedBy(actor).Where(m => (m.Entry!.Domain!.OwnerRights & right) == right);
    }
}
