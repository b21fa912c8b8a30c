using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;

namespace AdminPanel.Web.Features.Explain;

/// <summary>What the lookup tables answer for one address, and why nothing where they answer nothing.</summary>
/// <param name="Addresses">What the mail is for in place of the address; itself among them where it is stored under it.</param>
/// <param name="LeftOut">Destinations that cannot receive, and why.</param>
internal sealed record LookupAnswer(OwnerFacts? Owner, OwnerWay Way, IReadOnlyList<string> Addresses, IReadOnlyList<(string Address, Silence Why)> LeftOut, Silence Silence);

/// <summary>Why there is no answer.</summary>
public enum Silence
{
    None,
    DomainElsewhere,
    DomainInactive,
    DomainInBin,
    TargetInactive,
    DomainTakesNothing,
    NobodyHasIt,
    Inactive,
    Scheduled,
    Expired,
    Recycled,
    Internal,
    NoExtensionAtRelay,
    NoneReceives,
    LeadsBack,
    GroupEmpty,
    GroupTooLarge,
}

/// <summary>
/// The lookup tables once more, from the rule (architecture.md, "Invariants", and records 0005 and 0020) and not from
/// their SQL: a difference between the two is a fault in one of them, and apply looks for it.
/// </summary>
/// <param name="facts">Of every address that is asked for.</param>
/// <param name="groups">By the id of the domain.</param>
internal sealed class Resolver(IReadOnlyDictionary<string, AddressFacts> facts, IReadOnlyDictionary<long, GroupFacts> groups)
{
    /// <summary>The spellings under which an address may have an owner, the first that exists decides. Of its domain and, for an alias domain, of the target.</summary>
    /// <param name="plain">The local part without its extension; null where it has none.</param>
    public static IEnumerable<(string Address, OwnerWay Way)> Spellings(string localPart, string? plain, string domain, string? target)
    {
        yield return ($"{localPart}@{domain}", OwnerWay.Exact);
        if (plain is not null) yield return ($"{plain}@{domain}", OwnerWay.WithoutExtension);
        if (target is not null) yield return ($"{localPart}@{target}", OwnerWay.AtTarget);
        if (target is not null && plain is not null) yield return ($"{plain}@{target}", OwnerWay.AtTargetWithoutExtension);
        yield return ($"@{domain}", OwnerWay.CatchAll);
        if (target is not null) yield return ($"@{target}", OwnerWay.TargetCatchAll);
    }

    public static (OwnerFacts? Owner, OwnerWay Way) OwnerOf(AddressFacts asked)
    {
        foreach (var (address, way) in Spellings(asked.LocalPart, asked.Plain, asked.DomainName, asked.Domain?.Target?.Name))
        {
            if (asked.Candidates.FirstOrDefault(c => c.Address == address) is { } owner) return (owner, way);
        }
        return (null, OwnerWay.Exact);
    }

    /// <summary>What plain_alias_maps, virtual_alias_maps and virtual_mailbox_maps answer together.</summary>
    /// <param name="isOutside">Asked by another host on port 25: what is internal is silent.</param>
    public LookupAnswer Answer(string address, bool isOutside)
    {
        var asked = Facts(address);
        var (owner, way) = OwnerOf(asked);
        if (DomainSilence(asked.Domain) is not Silence.None and var why) return Nothing(why);
        if (owner is null) return Nothing(Silence.NobodyHasIt);
        if (OwnerSilence(owner) is not Silence.None and var state) return Nothing(state);
        if (owner.IsInternal && isOutside) return Nothing(Silence.Internal);
        if (owner.Kind == AddressKind.RelayRecipient) return way == OwnerWay.Exact ? Itself() : Nothing(Silence.NoExtensionAtRelay);
        if (owner.IsGroup) return OfGroup(owner);

        var left = owner.Destinations.Select(d => (Address: d, Why: CannotReceive(d, owner))).ToList();
        var receiving = left.Where(d => d.Why == Silence.None).Select(d => d.Address).ToList();
        left.RemoveAll(d => d.Why == Silence.None);
        if (!owner.Stores && receiving.Count == 0) return new LookupAnswer(owner, way, [], left, Silence.NoneReceives);
        // Under the same name at the target it is asked once more, extension and all.
        if (owner.DomainId != asked.Domain!.Id) return new LookupAnswer(owner, way, [$"{asked.LocalPart}@{asked.Domain.Target!.Name}"], left, Silence.None);
        return new LookupAnswer(owner, way, owner.Stores ? [.. receiving, address] : receiving, left, Silence.None);

        LookupAnswer Nothing(Silence silence) => new(owner, way, [], [], silence);
        LookupAnswer Itself() => new(owner, way, [address], [], Silence.None);
        LookupAnswer OfGroup(OwnerFacts group) => groups[group.DomainId] switch
        {
            { Count: 0 } => Nothing(Silence.GroupEmpty),
            { Count: > Expansion.Limit } => Nothing(Silence.GroupTooLarge),
            var members => new LookupAnswer(group, way, members.Members, [], Silence.None),
        };
    }

    /// <summary>Whether an answer needs nothing but the owner, and of each destination whether a mailbox is stored under it: plain_alias_maps gives those.</summary>
    public bool IsPlain(LookupAnswer answer) => answer is { Silence: Silence.None, Owner: { IsInternal: false, IsGroup: false } owner } && owner.Kind switch
    {
        AddressKind.Mailbox => owner.Destinations.Count == 0,
        AddressKind.Alias or AddressKind.CatchAll => owner.Destinations.Count > 0 && owner.Destinations.All(IsPlainDestination),
        _ => false,
    };

    private bool IsPlainDestination(string destination) => Facts(destination) switch
    {
        { Domain: null } => true,
        { Domain: { Takes: true, Target: null } } asked => asked.Candidates.Any(c => c.Address == destination && c is { Kind: AddressKind.Mailbox, IsLive: true, Destinations.Count: 0 }),
        _ => false,
    };

    /// <summary>Why nothing in a domain takes mail; None where something may.</summary>
    public static Silence DomainSilence(DomainFacts? domain) => domain switch
    {
        null => Silence.DomainElsewhere,
        { Kind: DomainKind.Recycled } => Silence.DomainInBin,
        { IsActive: false } => Silence.DomainInactive,
        { Target.IsActive: false } => Silence.TargetInactive,
        { Takes: false } => Silence.DomainTakesNothing,
        _ => Silence.None,
    };

    /// <summary>Why somebody takes no mail now; None where it is active.</summary>
    public static Silence OwnerSilence(OwnerFacts owner) => owner switch
    {
        { Kind: AddressKind.Recycled } => Silence.Recycled,
        { State: AddressState.Active } => Silence.None,
        { State: AddressState.Scheduled } => Silence.Scheduled,
        { State: AddressState.Expired } => Silence.Expired,
        _ => Silence.Inactive,
    };

    // What is beyond the number that is read is taken at its word; Postfix has given up before.
    public AddressFacts Facts(string address) => facts.GetValueOrDefault(address) ?? new AddressFacts(address, null, null, []);

    // Two steps, as virtual_alias_maps looks: the destination's owner, and where that has destinations, their owners.
    private Silence CannotReceive(string destination, OwnerFacts origin)
    {
        var asked = Facts(destination);
        if (asked.Domain is null) return Silence.None;
        if (DomainSilence(asked.Domain) is not Silence.None and var why) return why;

        var (owner, way) = OwnerOf(asked);
        if (owner is null) return Silence.NobodyHasIt;
        if (OwnerSilence(owner) is not Silence.None and var state) return state;
        if (owner.Id == origin.Id) return Silence.LeadsBack;
        if (owner.Kind == AddressKind.RelayRecipient) return way == OwnerWay.Exact ? Silence.None : Silence.NoExtensionAtRelay;
        if (owner.IsGroup) return groups[owner.DomainId].Count is var count and > 0 ? count + origin.Destinations.Count - 1 > Expansion.Limit ? Silence.GroupTooLarge : Silence.None : Silence.GroupEmpty;

        return owner.Stores || owner.Destinations.Any(d => IsTakenAtItsWord(d, origin, owner)) ? Silence.None : Silence.NoneReceives;
    }

    private bool IsTakenAtItsWord(string destination, OwnerFacts origin, OwnerFacts from)
    {
        var asked = Facts(destination);
        return asked.Domain is null
            || (asked.Domain.Takes && OwnerOf(asked).Owner is { IsLive: true } owner && owner.Id != origin.Id && owner.Id != from.Id);
    }
}
