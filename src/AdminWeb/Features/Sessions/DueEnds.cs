using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Sessions;

/// <summary>
/// Whose sessions are to be ended, and when: at once, and again a little later. A sign-in that asked the database before
/// the change gets its session only when its password is checked, after the first time.
/// </summary>
public sealed class DueEnds(TimeProvider clock)
{
    /// <summary>After this, too. A check of a password takes a tenth of a second, and waits for others where many sign in.</summary>
    public static readonly IReadOnlyList<TimeSpan> After = [TimeSpan.Zero, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)];

    private readonly HashSet<(SessionMask Mask, long Due)> waiting = [];

    public void Add(IEnumerable<SessionMask> masks)
    {
        var now = clock.GetTimestamp();
        foreach (var mask in masks)
        {
            foreach (var wait in After) waiting.Add((mask, now + (long)(wait.TotalSeconds * clock.TimestampFrequency)));
        }
    }

    /// <summary>What is due now; it stays until it is <see cref="Done"/>.</summary>
    public IReadOnlyList<(SessionMask Mask, long Due)> Now()
    {
        var now = clock.GetTimestamp();
        return waiting.Count == 0 ? [] : [.. waiting.Where(end => end.Due <= now)];
    }

    public void Done(IEnumerable<(SessionMask Mask, long Due)> ends) => waiting.ExceptWith(ends);

    /// <summary>
    /// What to end of what is open. Where everybody in a domain who is there has to go, that is one mask: a program is
    /// started for each.
    /// </summary>
    /// <param name="users">Who has a session, as Dovecot calls them.</param>
    public static IReadOnlyList<SessionMask> Of(IEnumerable<SessionMask> due, IEnumerable<string> users)
    {
        var wanted = due.ToHashSet();
        var ends = new List<SessionMask>();
        foreach (var domain in users.Distinct().GroupBy(user => user[(user.LastIndexOf('@') + 1)..]))
        {
            if (!SessionMask.TryParse("*@" + domain.Key, out var everybody)) continue;

            var going = domain.Select(user => SessionMask.TryParse(user, out var mask) ? mask : default).Where(wanted.Contains).ToList();
            if (wanted.Contains(everybody) || (going.Count > 1 && going.Count == domain.Count())) ends.Add(everybody);
            else ends.AddRange(going);
        }
        return ends;
    }
}
