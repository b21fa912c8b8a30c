using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>An owned address, as the lookup tables see it.</summary>
internal sealed class AddressNode
{
    private int? groupAddresses;

    public required string Address { get; init; }

    public required AddressKind Kind { get; init; }

    public required long DomainId { get; init; }

    /// <summary>From its switch and its dates. In every state but active it takes nothing.</summary>
    public required AddressState State { get; init; }

    /// <summary>For a mailbox: whether it stores what it forwards.</summary>
    public required bool KeepsCopy { get; init; }

    /// <summary>Whether its mail goes to the active mailboxes of its domain.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Its destinations, in order of address.</summary>
    public List<AddressEdge> Out { get; } = [];

    /// <summary>For a recipient of a relay domain: that the mail server does not know its next hop, and goes where DNS says.</summary>
    public bool IsUnserved { get; init; }

    public bool IsLive => State == AddressState.Active;

    public bool Stores => Kind == AddressKind.Mailbox && (KeepsCopy || Out.Count == 0);

    /// <summary>The destinations that virtual_alias_maps answers for it.</summary>
    public IEnumerable<AddressEdge> Answers => IsGroup ? (GroupAnswers() ? Out : []) : Out.Where(x => x.CanReceiveFrom(this));

    /// <summary>What it would answer if all that is inactive were active. A catch-all is never an answer to itself.</summary>
    public IEnumerable<AddressEdge> PossibleAnswers => Out.Where(x => Kind != AddressKind.CatchAll || x.Owner != this);

    /// <summary>For a group: whether it has members, and no more than Postfix makes of one address.</summary>
    /// <param name="beside">Other destinations of the alias that leads to it.</param>
    public bool GroupAnswers(int beside = 0) => Out.Count > 0 && GroupAddresses + beside <= Expansion.Limit;

    /// <summary>For a group: what Postfix makes of it, counted as <see cref="GroupSize"/> does.</summary>
    public int GroupAddresses => groupAddresses ??= Out.Sum(x => Math.Max(1, 2 * x.Owner!.Out.Count));

    /// <summary>Whether RCPT accepts it, given that it is live and its domain takes mail.</summary>
    public bool IsAccepted => Stores || Answers.Any();
}

/// <summary>A destination, and who owns it: found as in virtual_alias_maps, through extensions, alias domains and catch-alls.</summary>
internal sealed class AddressEdge
{
    public required string Address { get; init; }

    /// <summary>Null: its domain is not ours.</summary>
    public required long? DomainId { get; init; }

    /// <summary>Whether its domain, and the target of that, takes mail.</summary>
    public required bool DomainTakes { get; init; }

    /// <summary>Whether its domain is in the recycle bin, and so takes none.</summary>
    public bool DomainIsInBin { get; init; }

    public required AddressNode? Owner { get; init; }

    /// <summary>Whether the owner has this very address: a recipient of a relay domain has no extensions.</summary>
    public required bool IsExact { get; init; }

    /// <summary>
    /// The two steps that virtual_alias_maps looks ahead. What comes further down it takes at its word, so mail can be
    /// accepted that ends at an address which cannot receive.
    /// </summary>
    public bool CanReceiveFrom(AddressNode origin)
    {
        if (DomainId is null) return true;
        if (!DomainTakes || Owner is not { IsLive: true } owner || owner == origin) return false;

        if (owner.IsGroup) return owner.GroupAnswers(beside: origin.Out.Count - 1);

        return owner.Kind == AddressKind.RelayRecipient ? IsExact : owner.Stores || owner.Out.Any(y => y.IsTakenAtItsWord(origin, owner));
    }

    private bool IsTakenAtItsWord(AddressNode origin, AddressNode from) =>
        DomainId is null || (DomainTakes && Owner is { IsLive: true } && Owner != origin && Owner != from);
}
