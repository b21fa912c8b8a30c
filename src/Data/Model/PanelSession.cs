namespace AdminPanel.Data.Model;

/// <summary>A browser in which somebody is signed in. The cookie names it: without this row it opens nothing.</summary>
public sealed class PanelSession
{
    /// <summary>Of <see cref="Browser"/>, in characters.</summary>
    public const int MaxBrowser = 255;

    public long Id { get; init; }

    public long AccountId { get; init; }

    /// <summary>What the account's stamp was when the cookie was written: once that is another one, the session has ended.</summary>
    public required string Stamp { get; set; }

    public DateTime StartedAt { get; init; }

    /// <summary>Within some minutes.</summary>
    public DateTime LastSeenAt { get; set; }

    /// <summary>The address that it was last seen from; null where the request told none.</summary>
    public string? Source { get; set; }

    /// <summary>What the browser says that it is: User-Agent, shortened.</summary>
    public string? Browser { get; init; }
}

/// <summary>A network that an account has signed in to the panel from.</summary>
public sealed class AccountNetwork
{
    /// <summary>How long it is known after the last sign-in from there.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);

    public long AccountId { get; init; }

    /// <summary>An IPv4 address, or the /64 of an IPv6 address.</summary>
    public required string Network { get; init; }

    public DateTime LastAt { get; set; }
}
