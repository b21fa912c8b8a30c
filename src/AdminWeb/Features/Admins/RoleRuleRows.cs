using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Mapping;
using AdminPanel.Web.Features.SecondFactor;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Admins;

/// <summary>What is asked of a kind of accounts, and how many of them have it.</summary>
/// <param name="Kind">A word of <see cref="AccountKind"/>.</param>
/// <param name="Accounts">How many there are; of mailbox owners those who have signed in once.</param>
public sealed record RoleRuleRow(string Kind, bool NeedsSecondFactor, int Accounts, int WithSecondFactor);

/// <summary>Rules for kinds of accounts, for superadmins.</summary>
public sealed class RoleRuleRows(AdminDb db)
{
    public async Task<IReadOnlyList<RoleRuleRow>> AllAsync(Actor actor, CancellationToken ct)
    {
        if (!actor.IsSuperadmin) return [];

        var rules = await db.RoleRules.AsNoTracking().ToListAsync(ct);
        var all = await db.Accounts.GroupBy(a => a.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var having = await db.WithSecondFactor().GroupBy(a => a.Kind).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. Enum.GetValues<AccountKind>().Select(k => new RoleRuleRow(Words.Of(k), rules.Any(r => r.Kind == k && r.NeedsSecondFactor), all.GetValueOrDefault(k), having.GetValueOrDefault(k)))];
    }
}
