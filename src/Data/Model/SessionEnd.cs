using AdminPanel.Data.Addresses;

namespace AdminPanel.Data.Model;

/// <summary>
/// Somebody's rights ended: whoever has a session of theirs open loses it. Written in the transaction that ends the
/// rights; `adminpanel sessions watch` on each mail server reads it.
/// </summary>
public sealed class SessionEnd
{
    /// <summary>So long it is kept: for an agent that was away.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary>Not in the order of commits: a smaller one may be seen later.</summary>
    public long Id { get; init; }

    /// <summary>A <see cref="SessionMask"/>.</summary>
    public required string Mask { get; init; }

    public DateTime At { get; init; }
}
