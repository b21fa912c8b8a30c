using AdminPanel.Data.Access;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Explain;

/// <summary>What is stored about one address as it is written: its domain, and everything that may own it.</summary>
/// <param name="Plain">Its local part without the extension; null where it has none.</param>
/// <param name="Domain">Null: it is not ours.</param>
/// <param name="Candidates">Whatever has one of the spellings that the rule of owners asks for, in no order.</param>
internal sealed record AddressFacts(string Address, string? Plain, DomainFacts? Domain, IReadOnlyList<OwnerFacts> Candidates)
{
    public string LocalPart => Address[..Address.LastIndexOf('@')];

    public string DomainName => Address[(Address.LastIndexOf('@') + 1)..];
}

/// <param name="Target">Of an alias domain.</param>
/// <param name="Allowed">What the actor may do in it, or in its target.</param>
internal sealed record DomainFacts(
    long Id, string Name, DomainKind Kind, bool IsActive, DomainTransport Transport, string? NextHop, DomainFacts? Target, DomainPermissions? Allowed)
{
    /// <summary>Whether mail for it is taken and given to what its addresses say, at this moment.</summary>
    public bool Takes => IsActive && Transport != DomainTransport.Error && (Target is null || (Target.IsActive && Target.Transport != DomainTransport.Error));
}

/// <summary>Somebody in the register of addresses.</summary>
/// <param name="State">From its switch and its dates; what its domain does is the domain's to say.</param>
/// <param name="QuotaBytes">Of a mailbox; null is no limit.</param>
/// <param name="Destinations">In order.</param>
internal sealed record OwnerFacts(
    long Id, string Address, AddressKind Kind, long DomainId, AddressState State, bool IsInternal, bool IsGroup, bool MembersMaySend,
    bool KeepsCopy, string? Home, long? QuotaBytes, long UsedBytes, IReadOnlyList<string> Destinations)
{
    public bool IsLive => State == AddressState.Active;

    public bool Stores => Kind == AddressKind.Mailbox && (KeepsCopy || Destinations.Count == 0);

    public bool IsFull => QuotaBytes is { } quota && UsedBytes >= quota;
}

/// <summary>The active mailboxes of a group's domain.</summary>
/// <param name="Members">In order; one more than Postfix makes of an address where there are too many.</param>
/// <param name="Count">What Postfix makes of them: one each, and two for each destination of one that forwards.</param>
internal sealed record GroupFacts(IReadOnlyList<string> Members, int Count);

/// <summary>How an owner was found: the rule of owners, in its order.</summary>
public enum OwnerWay
{
    Exact,
    WithoutExtension,
    AtTarget,
    AtTargetWithoutExtension,
    CatchAll,
    TargetCatchAll,
}
