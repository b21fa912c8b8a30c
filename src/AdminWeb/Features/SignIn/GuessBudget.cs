using System.Net;
using AdminPanel.Data;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// How many wrong passwords one network may try in a window of time: for one login, and for all. Kept in the database,
/// so that several panels count together. There is no budget of the account alone: a stranger who spends it would lock
/// the owner out, and the right password always works from another network.
/// </summary>
public sealed class GuessBudget(AdminDb db, KeyFile keyFile)
{
    public const int PerLogin = 10;

    public const int PerNetwork = 100;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    // A /64 is what one customer's router is given: its single addresses cost nothing (RFC 6177).
    private const int NetworkOctetsV6 = 8;

    /// <summary>Counts a guess before it is checked, so that many at once are no more than the budget.</summary>
    /// <returns>When to try again, in UTC; null while the budget lasts.</returns>
    public async Task<DateTime?> TakeAsync(string login, string? source, CancellationToken ct)
    {
        var buckets = Buckets(login, source);
        var now = db.UtcNow;
        var oldest = now - Window;
        foreach (var bucket in buckets.All)
        {
            // MariaDB assigns from left to right: failures still sees the old window_start.
            await RunAsync(
                $"""
                INSERT INTO sign_in_budgets (bucket, window_start, failures) VALUES ({bucket}, {now}, 1)
                ON DUPLICATE KEY UPDATE
                  failures = IF(window_start <= {oldest}, 1, LEAST(failures + 1, 1000000)),
                  window_start = IF(window_start <= {oldest}, {now}, window_start)
                """, ct);
        }
        var counted = await db.SignInBudgets.AsNoTracking()
            .Where(b => b.Bucket == buckets.Login || b.Bucket == buckets.Network).ToListAsync(ct);
        var spent = counted.Where(b => b.Failures > (b.Bucket == buckets.Login ? PerLogin : PerNetwork)).ToList();
        return spent.Count == 0 ? null : spent.Max(b => b.WindowStart) + Window;
    }

    /// <summary>After the right password: the login's guesses are forgotten, the network gets back the one it took.</summary>
    public async Task GiveBackAsync(string login, string? source, CancellationToken ct)
    {
        var buckets = Buckets(login, source);
        await RunAsync($"DELETE FROM sign_in_budgets WHERE bucket = {buckets.Login}", ct);
        await RunAsync($"UPDATE sign_in_budgets SET failures = failures - 1 WHERE bucket = {buckets.Network} AND failures > 0", ct);
        // Somebody signs in now and then, so the table stays as small as the guessing of the last hour.
        await RunAsync($"DELETE FROM sign_in_budgets WHERE window_start < {db.UtcNow - (4 * Window)} LIMIT 200", ct);
    }

    /// <summary>What counts as one place: an IPv4 address, or the /64 of an IPv6 address.</summary>
    internal static string NetworkOf(string? source)
    {
        if (!IPAddress.TryParse(source, out var address)) return "none";

        var octets = address.GetAddressBytes();
        return octets.Length == 4 ? address.ToString() : Convert.ToHexStringLower(octets.AsSpan(0, NetworkOctetsV6)) + "/64";
    }

    private (string Login, string Network, IReadOnlyList<string> All) Buckets(string login, string? source)
    {
        var network = NetworkOf(source);
        // Digests with a key: the table tells nobody which logins were tried, or from where.
        var perLogin = keyFile.Digest("sign-in-budget", $"login\n{login}\n{network}");
        var perNetwork = keyFile.Digest("sign-in-budget", $"network\n{network}");
        return (perLogin, perNetwork, [perLogin, perNetwork]);
    }

    private Task<int> RunAsync(FormattableString sql, CancellationToken ct) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(token => db.Database.ExecuteSqlAsync(sql, token), ct);
}
