using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>
/// What a job is about: the addresses that were ticked, or all that a list shows under its filter. They are written down
/// one by one when the job starts (<see cref="JobTarget"/>): what somebody counted and confirmed is what is dealt with.
/// </summary>
public sealed record JobSelection
{
    /// <summary>Ids in the register; null for a filter.</summary>
    [JsonIgnore]
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>Only this domain's; null for all domains.</summary>
    public long? DomainId { get; init; }

    public string? Text { get; init; }

    public bool IsInside { get; init; }

    public StateFilter State { get; init; }

    public static JobSelection Read(string json) => JsonSerializer.Deserialize<JobSelection>(json)!;

    public string Write() => JsonSerializer.Serialize(this);

    /// <param name="after">Only addresses behind this one; null for all.</param>
    /// <param name="atMost">Of each kind of address; null for all.</param>
    internal IQueryable<AddressEntry> Of(AdminDb db, JobKind kind, Actor actor, string? after = null, int? atMost = null)
    {
        return Kinds(kind).Select(Range).Aggregate(Queryable.Concat);

        IQueryable<AddressEntry> Range(AddressKind k)
        {
            var request = new PageRequest { Filter = Text, IsInside = IsInside, State = State, After = after };
            var rows = Start(db, k, actor).Filtered(db, k, request);
            // Unordered where all are counted: an order would only cost.
            if (atMost is { } most) return rows.FromKey(a => a.Address, request).Take(most);
            return rows;
        }
    }

    /// <summary>
    /// Those of some targets that may still be dealt with: in the actor's scope and in the state that was asked for, now.
    /// The text is not asked again: who was chosen by a name stays chosen.
    /// </summary>
    internal IQueryable<AddressEntry> Still(AdminDb db, JobKind kind, Actor actor, IReadOnlyList<long> ids)
    {
        var request = new PageRequest { State = State };
        return Kinds(kind).Select(k => db.Addresses.ManagedBy(actor).Where(a => a.Kind == k && ids.Contains(a.Id)).Filtered(db, k, request)).Aggregate(Queryable.Concat);
    }

    private static AddressKind[] Kinds(JobKind kind) => kind == JobKind.Mailboxes ? [AddressKind.Mailbox] : [AddressKind.Alias, AddressKind.CatchAll];

    private IQueryable<AddressEntry> Start(AdminDb db, AddressKind kind, Actor actor)
    {
        if (Ids is { } ids) return db.Addresses.ManagedBy(actor).Where(a => a.Kind == kind && ids.Contains(a.Id));

        return (DomainId is { } domainId ? db.AddressesOfDomain(domainId, kind) : db.AddressesVisibleTo(actor, kind)).ManagedBy(actor);
    }
}
