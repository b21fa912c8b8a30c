using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>
/// Chooses a domain's role addresses and their one destination. An alias that has one of the names becomes a role
/// address; one that is no longer chosen stays as an alias like any other. Superadmins only.
/// </summary>
public sealed class SetRoleAddresses(AdminDb db)
{
    public sealed record Input
    {
        public long DomainId { get; init; }

        /// <summary>Some of <see cref="RoleAddress.Names"/>.</summary>
        public IReadOnlyList<string> Roles { get; init; } = [];

        public string? RoleDestination { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var name = actor.IsSuperadmin ? await db.Domains.Where(d => d.Id == input.DomainId && d.Kind == DomainKind.Hosted).Select(d => (DomainName?)d.Name).FirstOrDefaultAsync(ct) : null;
        if (name is null) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var choices = RoleChoices.Read(reading, input.Roles, input.RoleDestination, name, isForNow: true);
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(token => SetAsync(input.DomainId, choices, actor, token), new Problem("", "PlanChanged"), ct);
    }

    private async Task<Outcome<Saved>> SetAsync(long domainId, RoleChoices choices, Actor actor, CancellationToken ct)
    {
        if (!await db.LockDomainAsync(domainId, ct)) return Outcome.NotFound<Saved>();

        var domain = await db.Domains.AsNoTracking().FirstAsync(d => d.Id == domainId, ct);
        IReadOnlyList<string> addresses = [.. RoleAddress.Names.Select(r => RoleChoices.AddressOf(r, domain.Name))];
        var found = await db.Addresses.Where(a => addresses.Contains(a.Address)).Include(a => a.Destinations).Include(a => a.Alias).ToDictionaryAsync(a => a.Address, ct);
        var before = found.Values.Where(e => e.Alias is { IsRole: true }).Select(e => e.Address).Order(StringComparer.Ordinal).ToList();
        var problems = choices.Roles.Select(r => RoleChoices.AddressOf(r, domain.Name)).Where(a => found.TryGetValue(a, out var e) && e.Alias is null)
            .Select(a => new Problem(nameof(Input.Roles), "RoleIsTaken", a)).ToList();
        var missing = choices.Roles.Where(r => !found.ContainsKey(RoleChoices.AddressOf(r, domain.Name))).ToList();
        if (missing.Count > 0) problems.AddRange((await db.ChargeAsync(domainId, new DomainCharge(Aliases: missing.Count), ct))!);
        if (problems.Count > 0) return Outcome.Refused<Saved>(problems);

        var added = missing.Select(r => choices.ToAlias(r, domain)).ToList();
        db.Aliases.AddRange(added);
        foreach (var role in RoleAddress.Names)
        {
            if (found.GetValueOrDefault(RoleChoices.AddressOf(role, domain.Name))?.Alias is { } alias) Change(alias, choices, isRole: choices.Roles.Contains(role));
        }
        db.Audit(actor, "domain.set-roles", domain.Name.Value, domainId, new { Addresses = before }, choices);
        List<AddressEntry> changed = [.. added.Select(a => a.Entry!), .. found.Values.Where(e => e.Alias is { IsRole: true })];
        return await db.ForwardProblemAsync(nameof(Input.RoleDestination), changed, actor, ct) is { } endless
            ? Outcome.Refused<Saved>(endless) : Outcome.Done(new Saved(domainId, domain.Name.Value));
    }

    private void Change(Alias alias, RoleChoices choices, bool isRole)
    {
        if (!isRole && !alias.IsRole) return;

        alias.IsRole = isRole;
        if (isRole)
        {
            alias.Entry!.IsActive = true;
            DestinationList.Apply(alias.Entry, [EmailAddress.Parse(choices.Destination!)]);
        }
        db.MarkChanged(alias);
    }
}
