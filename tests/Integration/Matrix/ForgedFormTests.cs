using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>
/// The attack: a page elsewhere lets the browser of somebody who is signed in send the very form that the panel's page
/// would send. What it cannot send along is the token: none, one that it made up, or the one of the attacker's own page.
/// </summary>
public sealed class ForgedFormTests
{
    /// <summary>A mail program asks it, which has no page; it changes nothing.</summary>
    private const string Question = "POST /autodiscover/autodiscover.xml";

    private const string Refused = "400";

    [MariaDbFact]
    public async Task A_form_without_a_token_of_the_session_is_refused_by_every_handler_and_changes_nothing()
    {
        await using var panel = await Panel.StartAsync();
        var world = await MatrixWorld.OfAsync(panel);
        var table = AuthorizationTable.Read();
        var victims = new Dictionary<string, MatrixVisitor>(StringComparer.Ordinal);
        foreach (var column in (string[])["stranger", "owner", "own-domain", "superadmin"]) victims[column] = await MatrixVisitor.OfAsync(panel, MatrixWorld.Actors[column]);
        var attacker = await MatrixVisitor.OfAsync(panel, MatrixWorld.Actors["other-domain"]);
        await world.KeepSessionsAsync();
        await world.RestoreAsync();
        var before = await world.ChecksumAsync();

        var (faults, refusals) = (new List<string>(), 0);
        foreach (var row in table.Rows.Where(r => r.Name.StartsWith("POST ", StringComparison.Ordinal) && r.Name != Question))
        {
            var path = MatrixWorld.Path(row.Name["POST ".Length..], isThere: true);
            // Who may: to everybody else the page is not there, with a token or without.
            var (column, victim) = victims.LastOrDefault(v => Cell(table, row, v.Key) is not ("404" or "sign-in"), victims.First());
            var fields = (await victim.FormAsync(path, row.Fields)).Where(f => f.Name != MatrixVisitor.TokenField).ToList();
            foreach (var (forged, what) in new (string?, string)[] { (null, "no token"), ("CfDJ8" + new string('A', 150), "one that was made up"), (attacker.Token, "somebody else's") })
            {
                var answer = MatrixVisitor.Outcome(await victim.PostWithAsync(forged, path, fields));
                if (answer == Refused) refusals++;
                else faults.Add($"{row.Name} as {column} with {what} answered {answer}");
            }
            if (await world.ChecksumAsync() == before) continue;

            faults.Add($"{row.Name} as {column} changed the database");
            await world.RestoreAsync();
            before = await world.ChecksumAsync();
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(refusals > 300, $"the walk saw the forms: {refusals}");
    }

    private static string Cell(AuthorizationTable table, AuthorizationRow row, string column) => row.Cells[table.Columns.ToList().IndexOf(column)].Split('/')[0];
}
