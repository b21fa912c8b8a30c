using System.Text.RegularExpressions;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Xunit;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>
/// Every field of every form that changes something is sent what it must not hold, beside what is right everywhere else:
/// through the page, as a browser or a stranger's script would. Each answer is compared with bad-input.txt. A refusal
/// says the repair at the field, keeps what was typed, and changes no table.
/// </summary>
public sealed partial class BadInputTests
{
    private const string Setup = "POST /setup";

    [MariaDbFact]
    public async Task Every_wrong_value_of_every_field_is_answered_as_the_table_says()
    {
        await using var panel = await Panel.StartAsync();
        var world = await MatrixWorld.OfAsync(panel);
        var visitors = await VisitorsAsync(panel);
        await world.KeepSessionsAsync();
        var stage = new BadInputStage(world.ChecksumAsync, world.RestoreAsync);

        await CompareAsync(f => f.Name != Setup, stage, visitors);
    }

    [MariaDbFact]
    public async Task Every_wrong_value_of_the_first_form_is_answered_as_the_table_says()
    {
        await using var panel = await Panel.StartAsync();
        var token = (await panel.SetupLinkAsync()).Token;
        var standing = await panel.SqlAsync("SELECT CONCAT('INSERT INTO setup_tokens VALUES (', QUOTE(digest), ',', QUOTE(expires_at), ')') FROM setup_tokens");
        var stage = new BadInputStage(
            () => panel.SqlAsync("CHECKSUM TABLE accounts, setup_tokens, audit_entries"),
            () => panel.SqlAsync($"DELETE FROM accounts; DELETE FROM audit_entries; DELETE FROM setup_tokens; {standing}")) { Token = token };

        await CompareAsync(f => f.Name == Setup, stage, new Dictionary<string, MatrixVisitor> { [""] = await MatrixVisitor.OfAsync(panel, null) });
    }

    /// <summary>Every page that there is, and those where the table says a form stands in another shape.</summary>
    [MariaDbFact]
    public async Task Every_field_of_every_form_has_a_row()
    {
        await using var panel = await Panel.StartAsync();
        await MatrixWorld.OfAsync(panel);
        var visitors = await VisitorsAsync(panel);
        var table = BadInputTable.Read();
        var handlers = AuthorizationTable.Read().Rows.Where(r => !r.IsVerb).ToList();
        var pages = handlers.Where(r => r.Name.StartsWith("GET ", StringComparison.Ordinal) && !r.Name.Contains("/export/", StringComparison.Ordinal)).Select(r => r.Name[4..]).Concat(table.Forms.Select(f => f.Page)).Distinct().ToList();
        var handlerOf = HandlersByTarget(handlers.Select(r => r.Name));

        var (there, unknown) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        foreach (var (page, visitor) in pages.SelectMany(p => visitors.Values.Select(v => (MatrixWorld.Path(p, isThere: true), v))))
        {
            foreach (var form in (await visitor.GetAsync(page)).Page.QuerySelectorAll<IHtmlFormElement>("form[method=post]"))
            {
                var target = SentForm.Target(form, page);
                if (handlerOf(target) is not { } handler) unknown.Add($"{page}: {target}");
                else there.UnionWith(SentForm.Names(form).Select(n => $"{handler} {Line().Replace(n, "[0]")}"));
            }
        }
        var rows = table.Forms.Where(f => f.Name != Setup).SelectMany(f => f.Fields.Select(x => $"{handlerOf(BadInputStage.Target(MatrixWorld.Path(f.Name.Split(' ')[1], isThere: true)))} {x.Name}")).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(unknown);
        Assert.True(there.Count > 100, "the walk saw the fields");
        Assert.True(there.IsSubsetOf(rows), $"No row in {BadInputTable.File} for:\n{string.Join('\n', there.Except(rows).Order(StringComparer.Ordinal))}\nAdd one for each; the head of the file says how.");
        Assert.True(rows.IsSubsetOf(there), $"{BadInputTable.File} has rows for fields that are gone:\n{string.Join('\n', rows.Except(there).Order(StringComparer.Ordinal))}\nTake them out.");
    }

    private static async Task<Dictionary<string, MatrixVisitor>> VisitorsAsync(Panel panel) => new(StringComparer.Ordinal)
    {
        ["root"] = await MatrixVisitor.OfAsync(panel, "root"), ["own"] = await MatrixVisitor.OfAsync(panel, "own"), ["bob@own.example"] = await MatrixVisitor.OfAsync(panel, "bob@own.example"), [""] = await MatrixVisitor.OfAsync(panel, null),
    };

    /// <summary>The handler of authorization.txt that a form's target is.</summary>
    private static Func<string, string?> HandlersByTarget(IEnumerable<string> handlers)
    {
        // What a pattern names stands last: "add" is a page of its own.
        var patterns = handlers.Where(h => h.StartsWith("POST ", StringComparison.Ordinal)).OrderBy(h => h.Count(c => c == '{'))
            .Select(h => (Name: h, Path: new Regex($"^{Placeholder().Replace(Regex.Escape(h[5..]), "[^/?]+")}$"))).ToList();
        return target => patterns.Find(p => p.Path.IsMatch(target)).Name;
    }

    private static async Task CompareAsync(Func<BadForm, bool> which, BadInputStage stage, Dictionary<string, MatrixVisitor> visitors)
    {
        var table = BadInputTable.Read();
        var faults = new List<string>();
        foreach (var form in table.Forms.Where(which))
        {
            var run = await BadInputRun.OfAsync(form, stage, visitors[form.Login ?? ""], faults);
            foreach (var field in form.Fields)
            {
                var seen = await run.CellsAsync(field);
                if (!seen.SequenceEqual(field.Cells)) faults.Add($"{form.Name}:\nanswered:\n{BadInputTable.FieldLine(field.Name, seen)}\nthe table has:\n{BadInputTable.FieldLine(field.Name, field.Cells)}");
                foreach (var value in field.Values)
                {
                    if (await run.ValueAsync(field.Name, value) is var answered && answered != value.Expected)
                        faults.Add($"{form.Name}: {field.Name}:\nanswered:\n{BadInputTable.ValueLine(value.Text, answered)}\nthe table has:\n{BadInputTable.ValueLine(value.Text, value.Expected)}");
                }
            }
        }
        Assert.True(faults.Count == 0, $"{BadInputTable.File}:\n{string.Join('\n', faults)}");
    }

    [GeneratedRegex(@"\\\{[^}]+\}")]
    private static partial Regex Placeholder();

    /// <summary>Lines of a list are alike: the row of the first is that of all.</summary>
    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Line();
}
