using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Mapping;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Admins;

/// <summary>Chooses which kinds of accounts must have a second factor. Superadmins only; those who have none themselves set one up at their next click.</summary>
public sealed class SetRoleRules(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>Words of <see cref="AccountKind"/>: "domain_admin". The others need none.</summary>
        // A list of its own, and no array: the binder adds to what stands here, and passes over what it cannot add to.
        public IReadOnlyList<string> SecondFactor { get; init; } = new List<string>();
    }

    /// <summary>The kinds, from the mightiest down.</summary>
    public static IReadOnlyList<string> KindWords { get; } = [.. Enum.GetValues<AccountKind>().Select(Words.Of)];

    public async Task<Outcome<bool>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return Outcome.NotFound<bool>();
        if (input.SecondFactor.Any(w => !KindWords.Contains(w))) return Outcome.Refused<bool>(new Problem(nameof(Input.SecondFactor), "ChoiceUnknown", string.Join(", ", KindWords)));

        var wanted = input.SecondFactor.Select(Words.Parse<AccountKind>).ToHashSet();
        return await db.InTransactionAsync(
            async token =>
            {
                var rules = await db.RoleRules.ToListAsync(token);
                var before = rules.Where(r => r.NeedsSecondFactor).Select(r => Words.Of(r.Kind)).Order(StringComparer.Ordinal).ToList();
                foreach (var rule in rules) rule.NeedsSecondFactor = wanted.Contains(rule.Kind);
                db.RoleRules.AddRange(wanted.Where(k => rules.All(r => r.Kind != k)).Select(k => new RoleRule { Kind = k, NeedsSecondFactor = true }));
                db.Audit(actor, "admins.set-rules", "second factor", before: new { SecondFactor = before }, after: new { SecondFactor = wanted.Select(Words.Of).Order(StringComparer.Ordinal) });
                return Outcome.Done(true);
            },
            duplicate: new Problem("", "PlanChanged"),
            ct);
    }
}
