using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Scripts;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Filters;

/// <summary>One rule of a mailbox, with what tells it from the others.</summary>
public sealed record FilterRow(long Id, long Version, FilterRule Rule);

/// <summary>The rules of a mailbox as its page shows them.</summary>
/// <param name="KeepsCopy">Whether mail arrives here at all, so that something can sort it.</param>
/// <param name="Spam">What the mailbox's rules leave alone unless they ask for it.</param>
/// <param name="Script">What the mail server has of them; null where it has nothing and needs nothing.</param>
/// <param name="Refusal">Why the mail server does not have them yet.</param>
public sealed record FilterList(long MailboxId, string Address, string DomainName, bool KeepsCopy, SpamMark Spam, ScriptState? Script, string? Refusal, IReadOnlyList<FilterRow> Filters)
{
    public IEnumerable<FilterRule> Rules => Filters.Select(f => f.Rule);

    /// <summary>What the panel's script says of it, but for the vacation reply; empty where that is nothing.</summary>
    public string Sieve => FilterScript.Render(Rules, Spam)?.Text + Spam.Decision?.Text;
}

/// <summary>Rules to look at.</summary>
public sealed class FilterRows(AdminDb db, ServerSettings settings)
{
    /// <summary>The actor's own; null for whoever is no mailbox owner.</summary>
    public Task<FilterList?> OwnAsync(Actor actor, CancellationToken ct) => FirstAsync(db.Mailboxes.OwnedBy(actor, OwnerRights.Filters), ct);

    /// <summary>Those of a mailbox that the actor manages.</summary>
    public Task<FilterList?> FindAsync(EmailAddress address, Actor actor, CancellationToken ct)
    {
        var value = address.Value;
        return FirstAsync(db.Mailboxes.PermittedTo(actor, DomainPermissions.Mailboxes).Where(m => m.Entry!.Address == value), ct);
    }

    private async Task<FilterList?> FirstAsync(IQueryable<Mailbox> mailboxes, CancellationToken ct)
    {
        var found = await mailboxes.Select(m => new
        {
            m.Id,
            m.Entry!.Address,
            m.Entry.Domain!.Name,
            m.KeepsCopy,
            m.SpamFrom,
            State = (ScriptState?)m.Script!.State,
            m.Script.Refusal,
            Filters = m.Filters.OrderBy(f => f.Position).ThenBy(f => f.Id).ToList(),
        }).AsNoTracking().FirstOrDefaultAsync(ct);
        if (found is null) return null;

        return new FilterList(
            found.Id, found.Address, found.Name.Value, found.KeepsCopy, new SpamMark(ServerSettings.MarksSpam(await settings.ReadAsync(ct)), found.SpamFrom), found.State, found.Refusal,
            [.. found.Filters.Select(f => new FilterRow(f.Id, f.Version, FilterRule.Of(f)))]);
    }
}
