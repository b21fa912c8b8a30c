namespace AdminPanel.Tests.Support;

/// <summary>The general log of a trial instance's database server: what was asked while something was done.</summary>
public static class StatementLog
{
    /// <summary>Does it, and tells what was asked meanwhile over connections that an account opened meanwhile, too: whoever was connected before is not heard.</summary>
    /// <returns>The SELECT statements, in their order.</returns>
    public static async Task<IReadOnlyList<string>> ListenAsync(this TrialInstance instance, string account, Func<Task> work)
    {
        var log = Path.Combine(Path.GetDirectoryName(instance.DatabaseSocket)!, $"general-{Guid.NewGuid():N}.log");
        await instance.ExecuteAsync($"SET GLOBAL general_log_file = '{log}'; SET GLOBAL general_log = 1");
        try
        {
            await work();
        }
        finally
        {
            await instance.ExecuteAsync("SET GLOBAL general_log = 0");
        }
        return StatementsOf(account, await File.ReadAllTextAsync(log));
    }

    private static List<string> StatementsOf(string account, string log)
    {
        // "<time>\t<blanks><connection> Connect\t<account>@localhost on ..." and "<connection> Query\tSELECT ..."
        var lines = log.Split('\n').Select(line => line.Split('\t')).Where(fields => fields.Length >= 3)
            .Select(fields => (Words: fields[^2].Trim().Split(' '), Text: fields[^1])).Where(line => line.Words.Length >= 2).ToList();
        var connections = lines.Where(line => line.Words[^1] == "Connect" && line.Text.StartsWith(account + "@", StringComparison.Ordinal)).Select(line => line.Words[^2]).ToHashSet();
        return [.. lines.Where(line => line.Words[^1] == "Query" && connections.Contains(line.Words[^2]) && line.Text.StartsWith("SELECT", StringComparison.Ordinal)).Select(line => line.Text)];
    }
}
