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

    /// <summary>Whether the account had a second factor when the cookie was written. What changes that writes another cookie, and ends every other session.</summary>
    public bool HasSecondFactor { get; set; }

    public DateTime StartedAt { get; init; }

    /// <summary>Within some minutes.</summary>
    public DateTime LastSeenAt { get; set; }

    /// <summary>The address that it was last seen from; null where the request told none.</summary>
    public string? Source { get; set; }

    /// <summary>What the browser says that it is: User-Agent, shortened.</summary>
    public string? Browser { get; init; }
}
