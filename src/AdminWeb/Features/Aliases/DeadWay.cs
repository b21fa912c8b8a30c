using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>One address on a way, with its owner where it has one.</summary>
/// <param name="DomainId">Null: its domain is not ours.</param>
internal sealed record Hop(string Address, AddressNode? Owner, long? DomainId)
{
    public static Hop Of(AddressNode node) => new(node.Address, node, node.DomainId);

    public static Hop Of(AddressEdge edge) => new(edge.Address, edge.Owner, edge.DomainId);
}

/// <summary>A way to an address that gets nothing, and why.</summary>
internal sealed record DeadWay(IReadOnlyList<Hop> Hops, AliasCause Cause)
{
    /// <summary>On from a destination that cannot receive, always by the first that cannot, to the end of it.</summary>
    /// <param name="hops">The way to whoever has that destination.</param>
    /// <param name="destination">Null: there is none.</param>
    public static DeadWay After(IReadOnlyList<Hop> hops, AddressEdge? destination)
    {
        if (destination is null) return new DeadWay(hops, AliasCause.NoDestinations);

        var way = new List<Hop>(hops);
        var seen = hops.Select(h => h.Owner).OfType<AddressNode>().ToHashSet();
        for (var edge = destination; ; edge = edge.Owner!.Out.FirstOrDefault(y => !y.CanReceiveFrom(edge.Owner)) ?? edge.Owner.Out[0])
        {
            way.Add(Hop.Of(edge));
            if (CauseOf(edge) is { } cause) return new DeadWay(way, cause);
            if (!seen.Add(edge.Owner!)) return new DeadWay(way, AliasCause.Circle);
            if (edge.Owner!.Out.FirstOrDefault(y => y.Owner is not null && seen.Contains(y.Owner)) is not { } back) continue;

            return new DeadWay([.. way, Hop.Of(back)], AliasCause.Circle);
        }
    }

    private static AliasCause? CauseOf(AddressEdge edge) => edge switch
    {
        { DomainIsInBin: true } => AliasCause.DomainRecycled,
        { DomainTakes: false } => AliasCause.DomainTakesNothing,
        { Owner: null } => AliasCause.NobodyHasIt,
        { Owner.Kind: AddressKind.RelayRecipient, IsExact: false } => AliasCause.NobodyHasIt,
        { Owner.Kind: AddressKind.Recycled } => AliasCause.Recycled,
        { Owner.State: AddressState.Inactive } => AliasCause.Inactive,
        { Owner.State: AddressState.Scheduled } => AliasCause.Scheduled,
        { Owner.State: AddressState.Expired } => AliasCause.Expired,
        { Owner: { IsGroup: true, Out.Count: 0 } } => AliasCause.NoMembers,
        { Owner.IsGroup: true } => AliasCause.GroupTooLarge,
        { Owner.Out.Count: 0 } => AliasCause.NoDestinations,
        _ => null,
    };
}
