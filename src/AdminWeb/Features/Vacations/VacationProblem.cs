using AdminPanel.Data;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Vacations;

internal static class VacationProblem
{
    /// <summary>Why a mailbox may not stop keeping its mail: nothing would be there to be answered. Null where it may.</summary>
    public static async Task<Problem?> VacationProblemAsync(this AdminDb db, long mailboxId, string field, CancellationToken ct)
    {
        var vacation = await db.Vacations.AsNoTracking().FirstOrDefaultAsync(v => v.MailboxId == mailboxId, ct);
        return vacation?.IsWantedOn(DateOnly.FromDateTime(db.UtcNow)) == true ? new Problem(field, "VacationIsOn") : null;
    }
}
