namespace AdminPanel.Data.Model;

/// <summary>What an address does at one moment. In every state but the first its mail is refused, and a mailbox cannot sign in.</summary>
public enum AddressState
{
    Active,

    /// <summary>Switched off, whatever its dates say.</summary>
    Inactive,

    /// <summary>Switched on, and its whole domain is switched off.</summary>
    DomainInactive,

    /// <summary>Switched on, and its time has not come.</summary>
    Scheduled,

    /// <summary>Switched on, and its time is over.</summary>
    Expired,
}

/// <summary>The state of an address from its switch, its domain's and its dates: what the lookup tables decide in SQL.</summary>
public static class AddressStates
{
    /// <param name="now">UTC, as the dates are.</param>
    public static AddressState At(DateTime now, bool isActive, DateTime? from, DateTime? until, bool domainIsActive) =>
        !isActive ? AddressState.Inactive
        : !domainIsActive ? AddressState.DomainInactive
        : until <= now ? AddressState.Expired
        : from > now ? AddressState.Scheduled
        : AddressState.Active;

    /// <summary>The addresses that are in one state.</summary>
    /// <param name="now">UTC.</param>
    public static IQueryable<AddressEntry> InState(this IQueryable<AddressEntry> addresses, AddressState state, DateTime now) => state switch
    {
        AddressState.Inactive => addresses.Where(a => !a.IsActive),
        AddressState.DomainInactive => addresses.Where(a => a.IsActive && !a.Domain!.IsActive),
        AddressState.Expired => addresses.Where(a => a.IsActive && a.Domain!.IsActive && a.ActiveUntil <= now),
        AddressState.Scheduled => addresses.Where(a => a.IsActive && a.Domain!.IsActive && a.ActiveFrom > now && (a.ActiveUntil == null || a.ActiveUntil > now)),
        _ => addresses.Where(a => a.IsActive && a.Domain!.IsActive && (a.ActiveFrom == null || a.ActiveFrom <= now) && (a.ActiveUntil == null || a.ActiveUntil > now)),
    };
}
