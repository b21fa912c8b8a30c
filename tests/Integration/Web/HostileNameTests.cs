using System.Net;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// Names that are legal and unkind, put in through the forms: they stand as text in every list, search, form, audit
/// entry and CSV, do nothing there, and lead to their own page.
/// </summary>
public sealed class HostileNameTests
{
    /// <summary>An element of this name in a page was text once.</summary>
    private const string Escaped = "hostile";

    private const string Markup = "<hostile>\"'&amp;</hostile><script>alert(1)</script>";

    private const string Overridden = "50% \\ _ 🦊 \u202Egnp.exe\u200F =1+1";

    private const string Formula = "=HYPERLINK(\"http://evil.example\")";

    private static readonly string LongDomain = $"{new string('a', 63)}.{new string('b', 63)}.{new string('c', 63)}.{new string('d', 53)}.example";

    private static readonly string[] Domains = ["example.org", LongDomain, "xn--pypal-4ve.example", "xn--mgbh0fb.xn--kgbechtv"];

    private static readonly string[] LocalParts = ["o'connor", "=cmd", "a&b", "~tilde_", new('l', 64)];

    private static readonly string[] AliasParts = ["100%", "back`tick", "{brace}|", "sla/sh", "ques?tion#", "*"];

    [MariaDbFact]
    public async Task Hostile_names_are_text_wherever_they_stand()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        await FillAsync(panel, browser);

        var walked = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>(["/", "/find?q=o'connor", "/find?q=%25&match=inside", "/find?q=%3Chostile%3E&match=inside", "/mailboxes?q=%5C&match=inside", "/aliases?q=%25&match=inside", "/audit?subject=o'connor@example.org"]);
        while (waiting.TryDequeue(out var path))
        {
            if (!walked.Add(path)) continue;

            var answer = await browser.GetAsync(path);
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{path} answered {answer.Status}");
            if (answer.Header("Content-Type")?.StartsWith("text/html", StringComparison.Ordinal) != true) continue;

            Assert.True(answer.Page.QuerySelector(Escaped) is null, $"{path} has markup out of a name");
            Assert.All(answer.Page.QuerySelectorAll("script"), s => Assert.Equal("", s.TextContent));
            foreach (var link in answer.Page.QuerySelectorAll("main a[href^='/'], nav a[href^='/']").Select(a => a.GetAttribute("href")!)) waiting.Enqueue(link);
        }

        // Each thing's own page was reached by a link, whatever its name has in it.
        var things = (await panel.SqlAsync("SELECT COUNT(*) FROM addresses WHERE kind IN ('mailbox', 'alias')")).TrimEnd();
        var pages = walked.Where(p => (p.StartsWith("/mailboxes/", StringComparison.Ordinal) || p.StartsWith("/aliases/", StringComparison.Ordinal)) && p.Contains('@', StringComparison.Ordinal) && p.Count(c => c == '/') == 2 && !p.Contains('?', StringComparison.Ordinal)).ToList();
        Assert.True(int.Parse(things) == pages.Count, $"{things} things, pages:\n{string.Join('\n', pages)}");
    }

    [MariaDbFact]
    public async Task A_spreadsheet_reads_no_formula_out_of_a_name()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        await FillAsync(panel, browser);

        foreach (var path in (string[])["/export/mailboxes", "/export/aliases", "/export/domains", "/export/audit"])
        {
            var csv = await browser.GetAsync(path);

            Assert.Equal((path, HttpStatusCode.OK), (path, csv.Status));
            var cells = csv.Text.Split('\n').SelectMany(l => l.Split(',')).Select(c => c.Trim('"', '\r'));
            Assert.DoesNotContain(cells, c => c.Length > 0 && "=+-@".Contains(c[0], StringComparison.Ordinal));
        }
        Assert.Contains("'=cmd@example.org", (await browser.GetAsync("/export/mailboxes")).Text, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_name_in_mixed_scripts_is_shown_as_dns_has_it_and_warned_of()
    {
        await using var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        await browser.SubmitAsync("/domains/add", ("Input.Name", "pаypal.example"));

        var page = (await browser.GetAsync("/domains/xn--pypal-4ve.example")).Page;

        Assert.Equal("xn--pypal-4ve.example", page.QuerySelector("h1")!.TextContent);
        Assert.StartsWith("pаypal.example is written with letters of another script", page.QuerySelector(".notice-warn")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain("pаypal", (await browser.GetAsync("/domains")).Text, StringComparison.Ordinal);
    }

    private static async Task FillAsync(Panel panel, Browser browser)
    {
        string[] texts = [Markup, Overridden, Formula];
        foreach (var (name, i) in Domains.Select((d, i) => (d, i)))
            Saved(await browser.SubmitAsync("/domains/add", ("Input.Name", name), ("Input.Description", texts[i % 3])));
        foreach (var (local, i) in LocalParts.Select((l, i) => (l, i)))
            Saved(await browser.SubmitAsync("/domains/example.org/mailboxes/add", ("Input.LocalPart", local), ("Input.DisplayName", texts[i % 3]), ("Input.Password", "correct horse battery")));
        foreach (var (local, i) in AliasParts.Select((l, i) => (l, i)))
            Saved(await browser.SubmitAsync("/domains/example.org/aliases/add", ("Input.LocalPart", local), ("Input.Destinations", "o'connor@example.org\n{brace}|@elsewhere.example"), ("Input.Comment", texts[i % 3])));
        Saved(await browser.SubmitAsync($"/domains/{LongDomain}/mailboxes/add", ("Input.LocalPart", new string('l', 64)), ("Input.DisplayName", Markup), ("Input.Password", "correct horse battery")));
        await panel.SqlAsync("INSERT INTO audit_entries (at, actor, request_id, action, subject, `before`, `after`) VALUES (UTC_TIMESTAMP(6), '<hostile>root</hostile>', '<hostile>', 'mailbox.update', '<hostile>=1+1</hostile>', NULL, '{\"display_name\": \"<hostile>\"}')");
    }

    private static void Saved(Answer answer) => Assert.True(answer.Status == HttpStatusCode.Redirect, $"{answer.Status}: {answer.Title}: {answer.Problems}");
}
