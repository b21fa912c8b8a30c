using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Data.Recycling;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>
/// Puts a hosted domain into the recycle bin with its mailboxes, aliases, alias domains and grants. Mail stays on disk.
/// Superadmins only, who type the domain's name and confirm the plan they have read.
/// </summary>
public sealed class DeleteDomain(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>The domain's name, typed, in Unicode or A-labels.</summary>
        public string? ConfirmName { get; init; }

        /// <summary><see cref="DomainDeletion.Fingerprint()"/> of the plan that was shown.</summary>
        public string? Plan { get; init; }
    }

    /// <summary>What would go; null where there is no such domain for this actor.</summary>
    public Task<DomainDeletion?> PlanAsync(long id, Actor actor, CancellationToken ct) => PlanAsync(db.Domains.Where(d => d.Id == id), actor, ct);

    /// <summary>What would go; null where there is no such domain for this actor.</summary>
    public Task<DomainDeletion?> PlanAsync(DomainName name, Actor actor, CancellationToken ct) => PlanAsync(db.Domains.Where(d => d.Name == name), actor, ct);

    public async Task<Outcome<DomainDeletion>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<DomainDeletion>();

        return await db.InTransactionAsync(token => DeleteAsync(input, actor, token), duplicate: null, ct);
    }

    private async Task<DomainDeletion?> PlanAsync(IQueryable<MailDomain> one, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return null;

        var domain = await one.Where(d => d.Kind == DomainKind.Hosted).Select(d => new
        {
            d.Id,
            d.Name,
            d.MailboxCount,
            d.AliasCount,
            NewestAddressId = db.Addresses.Where(a => a.DomainId == d.Id).Max(a => (long?)a.Id) ?? 0,
            AliasDomains = d.AliasDomains.OrderBy(a => a.Name).Select(a => a.Name).ToList(),
        }).FirstOrDefaultAsync(ct);
        if (domain is null) return null;

        var (id, name) = (domain.Id, domain.Name.Value);
        var forwards = db.Destinations.Where(d => d.DomainName == name && d.Entry!.DomainId != id);
        var admins = await db.DomainAdmins.Where(a => a.DomainId == id).Select(a => a.Account!.Login!).OrderBy(l => l).ToListAsync(ct);
        var forwardCount = await forwards.CountAsync(ct);
        // The first of all three lists in one command.
        var names = await First(Names.Mailboxes, db.AddressesOfDomain(id, AddressKind.Mailbox).Select(a => a.Address))
            .Concat(First(Names.Aliases, db.AddressesOfDomain(id, AddressKind.Alias).Select(a => a.Address)))
            .Concat(First(Names.Aliases, db.AddressesOfDomain(id, AddressKind.CatchAll).Select(a => a.Address)))
            .Concat(First(Names.Forwards, forwards.Select(d => d.Entry!.Address)))
            .OrderBy(n => n.Text).ToListAsync(ct);
        return new DomainDeletion(
            id, name, domain.MailboxCount, Of(Names.Mailboxes), domain.AliasCount, Of(Names.Aliases), [.. domain.AliasDomains.Select(n => n.Value)],
            admins, forwardCount, Of(Names.Forwards), domain.NewestAddressId);

        IReadOnlyList<string> Of(Names list) => [.. names.Where(n => n.List == list).Select(n => n.Text).Take(DomainDeletion.Shown)];
    }

    private static IQueryable<Name> First(Names list, IQueryable<string> names) =>
        names.OrderBy(n => n).Take(DomainDeletion.Shown).Select(n => new Name { List = list, Text = n });

    private async Task<Outcome<DomainDeletion>> DeleteAsync(Input input, Actor actor, CancellationToken ct)
    {
        // The lock keeps everybody from adding to the domain between the plan and its execution.
        if (!await db.LockDomainAsync(input.Id, ct)) return Outcome.NotFound<DomainDeletion>();

        var plan = await PlanAsync(input.Id, actor, ct);
        if (plan is null) return Outcome.NotFound<DomainDeletion>();
        if (!DomainName.TryParse(input.ConfirmName, out var typed) || typed.Value != plan.Name)
            return Outcome.Refused<DomainDeletion>(new Problem(nameof(Input.ConfirmName), "ConfirmNameDiffers", DomainName.Parse(plan.Name).Unicode));
        if (plan.Fingerprint() != input.Plan) return Outcome.Refused<DomainDeletion>(new Problem("", "PlanChanged"));

        await db.RecycleDomainAsync(plan.Id, actor, ct);
        db.Audit(actor, "domain.delete", plan.Name, plan.Id, before: new { plan.MailboxCount, plan.AliasCount, plan.AliasDomains, plan.Admins });
        return Outcome.Done(plan);
    }

    private enum Names
    {
        Mailboxes,
        Aliases,
        Forwards,
    }

    private sealed record Name
    {
        public Names List { get; init; }

        public string Text { get; init; } = "";
    }
}
