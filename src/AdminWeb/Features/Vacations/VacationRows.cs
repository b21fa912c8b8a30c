using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>A mailbox's vacation reply as its page shows it.</summary>
/// <param name="Version">0 where none was ever written.</param>
/// <param name="KeepsCopy">Whether mail arrives here at all, so that something can answer it.</param>
/// <param name="IsOver">Switched on, and its last day has passed.</param>
/// <param name="Script">What the mail server has of it; null where it has nothing and needs nothing.</param>
/// <param name="Refusal">Why the mail server does not have it yet.</param>
public sealed record VacationRow(
    long MailboxId, long AddressId, string Address, string DomainName, long Version, bool IsOn, string? Subject, string Text, DateOnly? FirstDay, DateOnly? LastDay, int Days, bool KeepsCopy, bool IsOver,
    ScriptState? Script, string? Refusal);

/// <summary>Vacation replies to look at.</summary>
public sealed class VacationRows(AdminDb db)
{
    /// <summary>The actor's own; null for whoever is no mailbox owner.</summary>
    public Task<VacationRow?> OwnAsync(Actor actor, CancellationToken ct) => FirstAsync(db.Mailboxes.OwnedBy(actor, OwnerRights.Vacation), ct);

    /// <summary>That of a mailbox that the actor manages.</summary>
    public Task<VacationRow?> FindAsync(EmailAddress address, Actor actor, CancellationToken ct)
    {
        var value = address.Value;
        return FirstAsync(db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes).Where(m => m.Entry!.Address == value), ct);
    }

    /// <summary>The addresses that it answers for, and not those of aliases that lead to aliases: a page sends few statements.</summary>
    public Task<IReadOnlyList<string>> AddressesAsync(VacationRow row, CancellationToken ct) => OwnAddresses.OfAsync(db, row.AddressId, ct, steps: 1);

    private async Task<VacationRow?> FirstAsync(IQueryable<Mailbox> mailboxes, CancellationToken ct)
    {
        var found = await mailboxes.AsNoTracking().Include(m => m.Entry!.Domain).Include(m => m.Vacation).Include(m => m.Script).FirstOrDefaultAsync(ct);
        if (found is null) return null;

        var (vacation, today) = (found.Vacation, DateOnly.FromDateTime(db.UtcNow));
        return new VacationRow(
            found.Id, found.AddressId, found.Entry!.Address, found.Entry.Domain!.Name.Value, vacation?.Version ?? 0, vacation?.IsOn ?? false, vacation?.Subject, vacation?.Text ?? "",
            vacation?.FirstDay, vacation?.LastDay, vacation?.Days ?? Vacation.DefaultDays, found.KeepsCopy, vacation is { IsOn: true } && !vacation.IsWantedOn(today),
            found.Script?.State, found.Script?.Refusal);
    }
}
