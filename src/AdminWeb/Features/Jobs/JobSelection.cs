using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>
/// What a job is about: the addresses that were ticked, or all that a list shows under its filter and that were there
/// when the job was started. It is asked again at every step, in the actor's scope of that moment.
/// </summary>
public sealed record JobSelection
{
    /// <summary>Ids in the register; null for a filter.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Only this domain's; null for all domains.</summary>
    public long? DomainId { get; init; }

    public string? Text { get; init; }

    public bool IsInside { get; init; }

    public StateFilter State { get; init; }

    /// <summary>The greatest id that is meant: what came later was not seen by whoever started the job.</summary>
    public long UpTo { get; init; } = long.MaxValue;

    public static JobSelection Read(string json) => JsonSerializer.Deserialize<JobSelection>(json)!;

    public string Write() => JsonSerializer.Serialize(this);

    /// <param name="after">Only addresses behind this one; null for all.</param>
    /// <param name="atMost">Of each kind of address; null for all.</param>
    internal IQueryable<AddressEntry> Of(AdminDb db, JobKind kind, Actor actor, string? after = null, int? atMost = null)
    {
        AddressKind[] kinds = kind == JobKind.Mailboxes ? [AddressKind.Mailbox] : [AddressKind.Alias, AddressKind.CatchAll];
        return kinds.Select(Range).Aggregate(Queryable.Concat);

        IQueryable<AddressEntry> Range(AddressKind k)
        {
            var request = new PageRequest { Filter = Text, IsInside = IsInside, State = State, After = after };
            var upTo = UpTo;
            var rows = Start(db, k, actor).Filtered(db, k, request).Where(a => a.Id <= upTo);
            // Unordered where all are counted: an order would only cost.
            if (atMost is { } most) return rows.FromKey(a => a.Address, request).Take(most);
            return rows;
        }
    }

    private IQueryable<AddressEntry> Start(AdminDb db, AddressKind kind, Actor actor)
    {
        if (Ids is { } ids) return db.Addresses.ManagedBy(actor).Where(a => a.Kind == kind && ids.Contains(a.Id));

        return (DomainId is { } domainId ? db.AddressesOfDomain(domainId, kind) : db.AddressesVisibleTo(actor, kind)).ManagedBy(actor);
    }
}
