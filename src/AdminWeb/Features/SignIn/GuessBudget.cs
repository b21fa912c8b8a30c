using System.Net;
using AdminPanel.Data;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// How many wrong passwords may be tried in a window of time. Strangers share one budget for each login, one for a login
/// from their network, one for their network, and one for everything. A browser that has signed in with the login before
/// has a budget of its own: whoever spends the strangers' does not lock the owner out. Kept in the database, so that
/// several panels count together.
/// </summary>
public sealed class GuessBudget(AdminDb db, KeyFile keyFile)
{
    /// <summary>Of one login from one network in a <see cref="Window"/>.</summary>
    public const int PerLogin = 10;

    /// <summary>From one network in a <see cref="Window"/>.</summary>
    public const int PerNetwork = 100;

    /// <summary>Of one login by all strangers together, in an hour. With those of mail programs fewer than twenty.</summary>
    public const int PerLoginOfStrangers = 12;

    /// <summary>Of one login by a browser that has signed in with it, in an hour.</summary>
    public const int PerDevice = 10;

    /// <summary>By all strangers, of whatever login, in a <see cref="Window"/>: above what any number of people mistypes, below what the hashes take.</summary>
    public const int OfAll = 5_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // A /64 is what one customer's router is given: its single addresses cost nothing (RFC 6177).
    private const int NetworkOctetsV6 = 8;

    /// <summary>Counts a guess before it is checked, so that many at once are no more than the budget.</summary>
    /// <param name="login">Null where none is named: a passkey is asked for no name, and only the network counts.</param>
    /// <param name="device">What parts a browser that is known for this login from others; null for a stranger.</param>
    /// <returns>When to try again, in UTC; null while the budget lasts.</returns>
    public async Task<DateTime?> TakeAsync(string? login, string? source, string? device, CancellationToken ct)
    {
        var (buckets, now) = (Buckets(login, source, device), db.UtcNow);
        foreach (var (bucket, _, window) in buckets)
        {
            var oldest = now - window;
            // MariaDB assigns from left to right: failures still sees the old window_start.
            await RunAsync(
                $"""
                INSERT INTO sign_in_budgets (bucket, window_start, failures) VALUES ({bucket}, {now}, 1)
                ON DUPLICATE KEY UPDATE
                  failures = IF(window_start <= {oldest}, 1, LEAST(failures + 1, 1000000)),
                  window_start = IF(window_start <= {oldest}, {now}, window_start)
                """, ct);
        }
        var names = buckets.Select(b => b.Bucket).ToList();
        var counted = await db.SignInBudgets.AsNoTracking().Where(b => names.Contains(b.Bucket)).ToDictionaryAsync(b => b.Bucket, ct);
        return buckets.Where(b => counted.TryGetValue(b.Bucket, out var row) && row.Failures > b.Most).Select(b => (DateTime?)(counted[b.Bucket].WindowStart + b.Window)).Max();
    }

    /// <summary>After the right password: the guesses from there are forgotten, and what others share gets back the one it took.</summary>
    public async Task GiveBackAsync(string? login, string? source, string? device, CancellationToken ct)
    {
        var buckets = Buckets(login, source, device);
        await RunAsync($"DELETE FROM sign_in_budgets WHERE bucket = {buckets[0].Bucket}", ct);
        foreach (var (shared, _, _) in buckets.Skip(1)) await RunAsync($"UPDATE sign_in_budgets SET failures = failures - 1 WHERE bucket = {shared} AND failures > 0", ct);
        // Somebody signs in now and then, so the table stays as small as the guessing of the last hour.
        await RunAsync($"DELETE FROM sign_in_budgets WHERE window_start < {db.UtcNow - Hour} LIMIT 200", ct);
    }

    /// <summary>What counts as one place: an IPv4 address, or the /64 of an IPv6 address.</summary>
    internal static string NetworkOf(string? source)
    {
        if (!IPAddress.TryParse(source, out var address)) return "none";

        var octets = address.GetAddressBytes();
        return octets.Length == 4 ? address.ToString() : Convert.ToHexStringLower(octets.AsSpan(0, NetworkOctetsV6)) + "/64";
    }

    /// <summary>The first is whoever guesses, the others are shared.</summary>
    private List<(string Bucket, int Most, TimeSpan Window)> Buckets(string? login, string? source, string? device)
    {
        if (device is not null) return [(Digest($"device\n{login}\n{device}"), PerDevice, Hour)];

        var network = NetworkOf(source);
        if (login is null) return [(Digest($"passkey\n{network}"), PerNetwork, Window), (Digest("all"), OfAll, Window)];

        return
        [
            (Digest($"login\n{login}\n{network}"), PerLogin, Window), (Digest($"network\n{network}"), PerNetwork, Window),
            (Digest($"strangers\n{login}"), PerLoginOfStrangers, Hour), (Digest("all"), OfAll, Window),
        ];
    }

    // Digests with a key: the table tells nobody which logins were tried, or from where.
    private string Digest(string text) => keyFile.Digest("sign-in-budget", text);

    private Task<int> RunAsync(FormattableString sql, CancellationToken ct) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(token => db.Database.ExecuteSqlAsync(sql, token), ct);
}
