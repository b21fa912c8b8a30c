using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Explain;

/// <summary>Who may use an address as the sender, by what the address is; what was granted comes on top.</summary>
internal static class Senders
{
    /// <summary>
    /// A mailbox its own address, its sub-addresses and the same at the alias domains of its domain; and an alias's only
    /// destination, or each of its destinations where the alias lets them. Nobody a catch-all's.
    /// </summary>
    public static IEnumerable<SenderLogin> OfOwner(IReadOnlyDictionary<string, AddressFacts> facts, AddressFacts asked)
    {
        if (Owner(asked) is not { IsLive: true } owner) yield break;

        if (owner.Kind == AddressKind.Mailbox) yield return new SenderLogin(owner.Address, SenderRight.Owner);
        if (owner.Kind != AddressKind.Alias || (owner.Destinations.Count != 1 && !owner.MembersMaySend)) yield break;

        foreach (var destination in owner.Destinations.Select(d => facts.GetValueOrDefault(d)).OfType<AddressFacts>())
        {
            if (destination.Domain is { IsActive: true, Target: null or { IsActive: true } } && Owner(destination) is { Kind: AddressKind.Mailbox, IsLive: true } mailbox)
                yield return new SenderLogin(mailbox.Address, SenderRight.Destination);
        }
    }

    /// <summary>Why somebody who is none of them may not.</summary>
    public static SenderRefusal Refusal(IReadOnlyDictionary<string, AddressFacts> facts, AddressFacts asked, string login) => (asked.Domain, Owner(asked)) switch
    {
        (null, _) => SenderRefusal.DomainElsewhere,
        ({ IsActive: false } or { Target.IsActive: false }, _) => SenderRefusal.DomainInactive,
        (_, null) => SenderRefusal.NobodysAddress,
        (_, { IsLive: false }) => SenderRefusal.AddressInactive,
        (_, { IsGroup: true }) => SenderRefusal.Group,
        (_, { Kind: AddressKind.Alias } alias) => alias.Destinations.Any(d => facts.GetValueOrDefault(d) is { } to && Owner(to)?.Address == login) ? SenderRefusal.OneOfSeveral : SenderRefusal.NotADestination,
        _ => SenderRefusal.AnotherMailbox,
    };

    private static OwnerFacts? Owner(AddressFacts asked) => Resolver.OwnerOf(asked) is ({ Kind: not AddressKind.CatchAll } owner, _) ? owner : null;
}
