using System.Net;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>
/// The attack: somebody knows the password, but has no second factor. With what the first step of the sign-in gave the
/// browser, every handler there is is asked for what would take the second factor off, and for everything else.
/// </summary>
public sealed class FirstStepTests
{
    /// <summary>Where the second step is taken: the page, a code that is wrong, and the question for a passkey.</summary>
    private const string Step = "/sign-in/code";

    /// <summary>The first step itself: its row signs somebody else in, with the password of that one.</summary>
    private const string SignIn = "POST /sign-in";

    [MariaDbTheory]
    [InlineData("owner", "bob@own.example")]
    [InlineData("superadmin", "root")]
    public async Task Whoever_passed_only_the_password_is_answered_as_a_stranger_by_every_handler(string column, string login)
    {
        await using var panel = await Panel.StartAsync();
        var world = await MatrixWorld.OfAsync(panel);
        var table = AuthorizationTable.Read();
        // Who sees the forms, before the second factor: what would be sent, if it opened.
        var whole = await MatrixVisitor.OfAsync(panel, MatrixWorld.Actors[column]);
        var stranger = await MatrixVisitor.OfAsync(panel, null);
        await world.KeepSessionsAsync();
        await world.RestoreAsync();
        var rows = new List<(AuthorizationRow Row, string Path, IReadOnlyList<(string, string)> Fields)>();
        foreach (var row in table.Rows.Where(r => !r.IsVerb && r.Name != SignIn && !r.Name.Contains(Step, StringComparison.Ordinal)))
        {
            var path = MatrixWorld.Path(row.Name[(row.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..], isThere: true);
            rows.Add((row, path, row.Name.StartsWith("GET ", StringComparison.Ordinal) ? [] : await whole.FormAsync(path, row.Fields)));
        }
        await panel.SqlAsync("INSERT IGNORE INTO authenticators (account_id, sealed_secret, last_step, created_at) SELECT id, 'x', 0, '2026-11-21' FROM accounts WHERE login = 'root'");
        var browser = panel.Browser();
        Assert.Equal(Step, (await browser.SignInAsync(login, Panel.Password)).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Step)).Status);
        var half = MatrixVisitor.Of(panel, browser, (await browser.GetAsync(Step)).Page);
        var before = await world.ChecksumAsync();

        var faults = new List<string>();
        foreach (var (row, path, fields) in rows)
        {
            var isGet = row.Name.StartsWith("GET ", StringComparison.Ordinal);
            var (one, other) = isGet ? (await stranger.GetAsync(path), await half.GetAsync(path)) : (await stranger.PostAsync(path, fields), await half.PostAsync(path, fields));
            if (MatrixVisitor.Outcome(one) != MatrixVisitor.Outcome(other)) faults.Add($"{row.Name} answered {MatrixVisitor.Outcome(other)}, a stranger {MatrixVisitor.Outcome(one)}");
            if (other.Message.Headers.TryGetValues("Set-Cookie", out var set) && set.Any(c => c.StartsWith("adminpanel-session=", StringComparison.Ordinal))) faults.Add($"{row.Name} opened a session");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal("", Difference(before, await world.ChecksumAsync()));
    }

    /// <summary>Which tables changed, but those that anybody's visit writes to.</summary>
    private static string Difference(string before, string after) =>
        string.Join('\n', before.Split('\n').Zip(after.Split('\n')).Where(t => t.First != t.Second && !t.First.Contains("audit_entries", StringComparison.Ordinal)).Select(t => $"{t.First} became {t.Second}"));
}
