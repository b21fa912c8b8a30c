using System.Net;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using AngleSharp.Dom;
using Xunit;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>
/// Every field of every form that only looks for something. Its address is kept, sent to others and typed by hand, so what
/// cannot be read is no filter: whatever stands in it, there is a page, and nothing changes.
/// </summary>
public sealed class FilterInputTests
{
    /// <summary>Below the 8 KB that a server reads of a request's first line.</summary>
    private const int Long = 5000;

    private static readonly string[] Values =
    [
        "", "%00", "%07", "%C3%28", "-1", "99999999999999999999", "2027-02-29", "9999-12-31", "%25_%5C%27%22%3Cscript%3E", "%E2%80%AE%F0%9F%98%80", new('a', Long),
    ];

    [MariaDbFact]
    public async Task A_filter_shows_a_page_whatever_stands_in_it()
    {
        await using var panel = await Panel.StartAsync();
        var world = await MatrixWorld.OfAsync(panel);
        var visitor = await MatrixVisitor.OfAsync(panel, "root");
        var fields = await FieldsAsync(visitor);
        var before = await world.ChecksumAsync();

        var faults = new List<string>();
        foreach (var (action, name, standing) in fields)
        {
            foreach (var query in Values.Select(v => $"{name}={v}").Append($"{name}=a&{name}=b"))
            {
                var answer = await visitor.GetAsync($"{action}?{string.Join('&', standing.Append(query))}");
                if (answer.Status != HttpStatusCode.OK) faults.Add($"{action}: {(query.Length > 80 ? query[..80] : query)}: {answer.Status}");
            }
        }

        Assert.True(fields.Count > 20, $"the walk saw {fields.Count} fields");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(before, await world.ChecksumAsync());
    }

    /// <summary>Each field once, with what stands in the others.</summary>
    private static async Task<IReadOnlyList<(string Action, string Name, IEnumerable<string> Standing)>> FieldsAsync(MatrixVisitor visitor)
    {
        var fields = new Dictionary<(string Action, string Name), IEnumerable<string>>();
        var pages = AuthorizationTable.Read().Rows.Where(r => r.Name.StartsWith("GET ", StringComparison.Ordinal) && !r.Name.Contains("/export/", StringComparison.Ordinal));
        foreach (var path in pages.Select(p => MatrixWorld.Path(p.Name[4..], isThere: true)))
        {
            foreach (var form in (await visitor.GetAsync(path)).Page.QuerySelectorAll("form[method=get]"))
            {
                var action = SentForm.Target(form, path);
                // A list that is taken away is written down; it reads the same address as its page.
                if (action.StartsWith("/export/", StringComparison.Ordinal)) continue;

                var standing = form.QuerySelectorAll("[name]").SelectMany(Browser.Sent).ToList();
                foreach (var name in SentForm.Names(form))
                    fields.TryAdd((action, name), [.. standing.Where(s => s.Name != name).Select(s => $"{Uri.EscapeDataString(s.Name)}={Uri.EscapeDataString(s.Value)}")]);
            }
        }
        return [.. fields.Select(f => (f.Key.Action, f.Key.Name, f.Value))];
    }
}
