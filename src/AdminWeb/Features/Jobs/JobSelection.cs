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

    /// <summary>The domains of <see cref="Ids"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<long>? DomainIds { get; init; }

    /// <summary>The first of them that is not there, or not the actor's to change.</summary>
    [JsonIgnore]
    public string? Missing { get; init; }

    /// <summary>Only this domain's; null for all domains.</summary>
    public long? DomainId { get; init; }

    public string? Text { get; init; }

    public bool IsInside { get; init; }

    public StateFilter State { get; init; }

    public ListOnly Only { get; init; }

    public string? Tag { get; init; }

    public static JobSelection Read(string json) => JsonSerializer.Deserialize<JobSelection>(json)!;

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>All of them, in no order.</summary>
    internal IQueryable<AddressEntry> All(AdminDb db, JobKind kind, Actor actor) => Kinds(kind).Select(k => Range(db, k, actor, Filter(), isWalk: false)).Aggregate(Queryable.Concat);

    /// <summary>The next ones in order of address, in one walk from the first to the last however many steps it takes.</summary>
    /// <param name="after">Only addresses behind this one; null for all.</param>
    /// <param name="atMost">Of each kind of address.</param>
    internal IQueryable<AddressEntry> Next(AdminDb db, JobKind kind, Actor actor, string? after, int atMost)
    {
        var request = Filter() with { After = after };
        return Kinds(kind).Select(k => Range(db, k, actor, request, isWalk: true).FromKey(a => a.Address, request).Take(atMost)).Aggregate(Queryable.Concat);
    }

    /// <summary>
    /// Those of some targets that may still be dealt with: in the actor's scope and with what was asked for, now. The
    /// text is not asked again: who was chosen by a name stays chosen.
    /// </summary>
    internal IQueryable<AddressEntry> Still(AdminDb db, JobKind kind, Actor actor, IReadOnlyList<long> ids)
    {
        var request = Filter() with { Filter = null };
        return Kinds(kind).Select(k => db.Addresses.ManagedBy(actor).Where(a => a.Kind == k && ids.Contains(a.Id)).Filtered(db, actor, k, request)).Aggregate(Queryable.Concat);
    }

    private static AddressKind[] Kinds(JobKind kind) => kind == JobKind.Mailboxes ? [AddressKind.Mailbox] : [AddressKind.Alias, AddressKind.CatchAll];

    private PageRequest Filter() => new() { Filter = Text, IsInside = IsInside, State = State, Only = Only, Tag = Tag };

    private IQueryable<AddressEntry> Range(AdminDb db, AddressKind kind, Actor actor, PageRequest request, bool isWalk)
    {
        var all = db.Addresses.Where(a => a.Kind == kind);
        var start = (Ids, DomainId) switch
        {
            ({ } ids, _) => all.Where(a => ids.Contains(a.Id)),
            (_, { } domainId) => isWalk ? db.AddressesOfDomain(domainId, kind) : all.Where(a => a.DomainId == domainId),
            _ => isWalk ? db.AddressesVisibleTo(actor, kind) : all,
        };
        return start.ManagedBy(actor).Filtered(db, actor, kind, request, isWalk);
    }
}
