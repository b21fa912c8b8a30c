using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>
/// Whoever loses a right by an operation loses the open sessions with it: held for every operation, so that a new one
/// which takes rights past what finds it fails here.
/// </summary>
public sealed partial class EveryOperationTests
{
    /// <summary>The mailboxes whose owners may sign in now, and by what; each app password is a right more.</summary>
    private async Task<Dictionary<string, string>> RightsAsync() => Lines(await AskAsync("""
        SELECT a.address, CONCAT_WS(' ', m.password_changed_at, m.allows_imap, m.allows_pop3, m.allows_sieve, m.app_passwords_only, IFNULL(m.allowed_networks, 'anywhere'))
        FROM addresses a JOIN domains d ON d.id = a.domain_id AND d.is_active = 1 JOIN mailboxes m ON m.address_id = a.id
        WHERE a.is_active = 1 AND (a.active_from > UTC_TIMESTAMP(6) OR a.active_until <= UTC_TIMESTAMP(6)) IS NOT TRUE
          AND (d.password_max_age_days IS NULL OR m.password_changed_at > UTC_TIMESTAMP(6) - INTERVAL d.password_max_age_days DAY)
        UNION ALL SELECT CONCAT(a.address, ' ', p.id), 'app' FROM app_passwords p JOIN mailboxes m ON m.id = p.mailbox_id JOIN addresses a ON a.id = m.address_id
        """)).Select(line => line.Split('\t')).ToDictionary(row => row[0], row => row[1]);

    private async Task AssertSessionsEndAsync(Step step, Dictionary<string, string> before)
    {
        var after = await RightsAsync();
        var lost = before.Where(right => after.GetValueOrDefault(right.Key) != right.Value).Select(right => right.Key.Split(' ')[0]).ToList();
        var masks = Lines(await AskAsync("SELECT mask FROM session_ends")).ToList();
        Assert.All(lost, address => Assert.True(masks.Contains(address) || masks.Contains("*" + address[address.IndexOf('@', StringComparison.Ordinal)..]), $"{step.Operation} takes rights of {address} and ends no session"));
        if (lost.Count == 0 && before.Count > 0 && step.Operation != "EndSessions") Assert.True(masks.Count == 0, $"{step.Operation} takes no right and ends sessions of {string.Join(", ", masks)}");
        await AskAsync("DELETE FROM session_ends");
        // So that the next operation finds somebody who may sign in.
        await AskAsync("UPDATE addresses SET is_active = 1 WHERE kind = 'mailbox'; UPDATE domains SET is_active = 1 WHERE kind = 'hosted'");
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
