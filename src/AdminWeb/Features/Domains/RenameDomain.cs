using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Domains;

/// <summary>What another name for a domain changes: the page shows it, and the renaming runs only if it is still true.</summary>
/// <param name="MailboxCount">Mailboxes whose owners sign in under another name.</param>
/// <param name="Mailboxes">The first of them.</param>
/// <param name="ForwardCount">Destinations elsewhere that lead into it, and follow.</param>
/// <param name="GrantCount">Rights to send as one of its addresses, or as the whole domain.</param>
public sealed record DomainRenaming(
    long Id, string Name, int MailboxCount, IReadOnlyList<string> Mailboxes, int AliasCount, int ForwardCount, int GrantCount, IReadOnlyList<string> AliasDomains)
{
    public const int Shown = 20;

    /// <summary>Goes into the form and comes back with it: another plan has another fingerprint.</summary>
    public string Fingerprint() => PlanFingerprint.Of(this);
}

/// <summary>
/// Gives a hosted domain another name, and with it all its addresses. Mail, passwords, usage and rights stay; what led
/// to the old addresses leads to the new ones. Superadmins only.
/// </summary>
public sealed class RenameDomain(AdminDb db)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>Unicode or A-labels.</summary>
        public string? NewName { get; init; }

        /// <summary>True: the old name becomes an alias domain of the new one, so mail and sign-ins under it still work. False: it is gone.</summary>
        public bool KeepsOldName { get; init; } = true;

        /// <summary>The old name, typed, in Unicode or A-labels.</summary>
        public string? ConfirmName { get; init; }

        /// <summary><see cref="DomainRenaming.Fingerprint()"/> of the plan that was shown.</summary>
        public string? Plan { get; init; }
    }

    /// <summary>What would change; null where there is no such domain for this actor.</summary>
    public async Task<DomainRenaming?> PlanAsync(DomainName name, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return null;

        var text = name.Value;
        var found = await db.Domains.Where(d => d.Name == name && d.Kind == DomainKind.Hosted).Select(d => new
        {
            d.Id,
            d.MailboxCount,
            d.AliasCount,
            Forwards = db.Destinations.Count(x => x.DomainName == text && x.Entry!.DomainId != d.Id),
            Grants = db.SendAsGrants.Count(g => g.DomainId == d.Id),
            AliasDomains = d.AliasDomains.OrderBy(a => a.Name).Select(a => a.Name).ToList(),
        }).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        var mailboxes = await db.AddressesOfDomain(found.Id, AddressKind.Mailbox).Select(a => a.Address).OrderBy(a => a).Take(DomainRenaming.Shown).ToListAsync(ct);
        return new DomainRenaming(found.Id, text, found.MailboxCount, mailboxes, found.AliasCount, found.Forwards, found.Grants, [.. found.AliasDomains.Select(a => a.Value)]);
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var old = actor.IsSuperadmin ? await db.Domains.Where(d => d.Id == input.Id && d.Kind == DomainKind.Hosted).Select(d => (DomainName?)d.Name).FirstOrDefaultAsync(ct) : null;
        if (old is not { } from) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var name = reading.Domain(nameof(Input.NewName), input.NewName);
        if (name == from) reading.Add(new Problem(nameof(Input.NewName), "DomainNameUnchanged", from.Unicode));
        else if (name is { } known) reading.Add(await DomainTaken.OfAsync(db, nameof(Input.NewName), known, ct));
        if (!DomainName.TryParse(input.ConfirmName, out var typed) || typed != from) reading.Add(new Problem(nameof(Input.ConfirmName), "ConfirmNameDiffers", from.Unicode));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        return await db.InTransactionAsync(
            token => RenameAsync(input, from, name!.Value, actor, token), new Problem(nameof(Input.NewName), "DomainTakenJustNow", name!.Value.Unicode), ct);
    }

    private async Task<Outcome<Saved>> RenameAsync(Input input, DomainName from, DomainName to, Actor actor, CancellationToken ct)
    {
        // The lock keeps everybody from adding to the domain between the plan and its execution.
        if (!await db.LockDomainAsync(input.Id, ct)) return Outcome.NotFound<Saved>();

        var plan = await PlanAsync(from, actor, ct);
        if (plan is null || plan.Id != input.Id || plan.Fingerprint() != input.Plan) return Outcome.Refused<Saved>(new Problem("", "PlanChanged"));

        var newName = to.Value;
        // Mail that left this server for the new name stays here from now on, and must come to an end.
        var forwardsToNewName = await db.ForwardersIntoAsync([newName], ct);
        var domain = await db.Domains.FirstAsync(d => d.Id == input.Id, ct);
        domain.Name = to;
        await db.SaveChangesAsync(ct);
        var move = new DomainMove(db, domain.Id, from, to);
        await move.RunAsync(ct);
        if (await db.ForwardersProblemAsync(nameof(Input.NewName), forwardsToNewName, actor, ct) is { } endless) return Outcome.Refused<Saved>(endless);

        if (input.KeepsOldName)
        {
            var alias = new MailDomain { Name = from, Kind = DomainKind.Alias, TargetId = domain.Id, TargetKind = DomainKind.Hosted, IsActive = domain.IsActive };
            db.Domains.Add(alias);
            await db.SaveChangesAsync(ct);
            await move.CopyGrantsAsync(alias.Id, ct);
        }
        // Whoever looks for either name finds it.
        foreach (var subject in (DomainName[])[from, to])
        {
            db.Audit(
                actor, "domain.rename", subject.Value, domain.Id, new { Name = from.Value },
                new { Name = newName, input.KeepsOldName, plan.MailboxCount, plan.AliasCount, plan.ForwardCount, plan.GrantCount });
        }
        return Outcome.Done(new Saved(domain.Id, newName));
    }
}
