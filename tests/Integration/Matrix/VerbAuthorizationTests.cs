using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>
/// Every verb of the command line, about what is there and what is not. The shell has one actor, whose right is that of
/// whoever may read the configuration: authorization.txt has one column for it. A refusal changes no table.
/// </summary>
public sealed class VerbAuthorizationTests
{
    private const string NotRun = "-";

    [MariaDbFact]
    public async Task Every_verb_has_a_row_and_ends_as_it_says()
    {
        await using var panel = await Panel.StartAsync();
        var world = await MatrixWorld.OfAsync(panel);
        var connection = panel.Server.ConnectionString(panel.Database);
        var rows = AuthorizationTable.Read().Rows.Where(r => r.IsVerb).ToList();
        var verbs = await VerbsAsync("", connection);
        var missing = verbs.Where(v => !rows.Any(r => r.Name == v || r.Name.StartsWith(v + " ", StringComparison.Ordinal))).ToList();
        Assert.True(verbs.Count > 20, "the walk saw the verbs");
        Assert.True(missing.Count == 0, $"No row in {AuthorizationTable.File} for: {string.Join(", ", missing)}. Add one for each, with its arguments and exit status; the head of the file says how.");
        var directory = Directory.CreateTempSubdirectory("panel-matrix-").FullName;

        var faults = new List<string>();
        foreach (var row in rows.Where(r => r.Cells[0] != NotRun))
        {
            var seen = await RunAsync(row.Name.Replace("{new}", directory, StringComparison.Ordinal), isThere: true, connection, row.Fields, world, faults);
            if (row.Name.Contains('{', StringComparison.Ordinal) && !row.Name.Contains("{new}", StringComparison.Ordinal))
                seen += "/" + await RunAsync(row.Name, isThere: false, connection, row.Fields, world, faults);
            if (seen != row.Cells[0]) faults.Add($"{row.Name} ended with {seen}, the table has {row.Cells[0]}");
        }

        Directory.Delete(directory, recursive: true);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task<string> RunAsync(string pattern, bool isThere, string connection, string stdin, MatrixWorld world, List<string> faults)
    {
        var before = await world.ChecksumAsync();
        var answer = await Shell.RunAsync(connection, MatrixWorld.Path(pattern, isThere).Split(' '), stdin + "\n");
        var changed = before != await world.ChecksumAsync();
        if (changed && answer.Status != 0) faults.Add($"{pattern} ended with {answer.Status} and changed the database");
        if (changed) await world.RestoreAsync();
        return answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The verbs that help names, and those below each; a verb with none below is one that runs.</summary>
    private static async Task<List<string>> VerbsAsync(string verb, string connection)
    {
        var help = (await Shell.RunAsync(connection, [.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).Out;
        var below = help.Split('\n').SkipWhile(l => l != "Commands:").Skip(1).TakeWhile(l => l.StartsWith("  ", StringComparison.Ordinal))
            .Where(l => l[2] != ' ').Select(l => l.Trim().Split(' ')[0]).ToList();
        if (below.Count == 0) return [verb];

        var verbs = new List<string>();
        foreach (var name in below) verbs.AddRange(await VerbsAsync($"{verb} {name}".Trim(), connection));
        return verbs;
    }
}
