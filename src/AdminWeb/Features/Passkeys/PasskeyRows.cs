using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Passkeys;

/// <param name="LastUsedAt">Null: never since it was added.</param>
/// <param name="IsBackedUp">Its owner has it on other devices, too.</param>
public sealed record PasskeyRow(long Id, string Name, DateTime CreatedAt, DateTime? LastUsedAt, bool IsBackedUp);

/// <summary>Passkeys, as their owners see them.</summary>
public sealed class PasskeyRows(AdminDb db)
{
    public async Task<IReadOnlyList<PasskeyRow>> OwnAsync(Actor actor, CancellationToken ct)
    {
        var accountId = actor.AccountId;
        return await db.Passkeys.Where(p => p.AccountId == accountId).OrderBy(p => p.Name).ThenBy(p => p.Id)
            .Select(p => new PasskeyRow(p.Id, p.Name, p.CreatedAt, p.LastUsedAt, p.IsBackedUp)).ToListAsync(ct);
    }
}
