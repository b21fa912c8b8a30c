using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>"Add many" in a browser without script: paste or upload, look, decide, take the passwords.</summary>
public sealed partial class ImportPageTests
{
    [MariaDbFact]
    public async Task Pasted_lines_are_checked_added_and_their_passwords_downloaded_once()
    {
        await using var panel = await WorldAsync();
        var browser = await panel.SignedInAsync();

        var upload = await browser.SubmitAsync("/mailboxes/import", ("Text", "address;name;shoe size\nann@example.org;Ann <script>;42\nbob@foreign.example;=1+1;\n"));
        var check = await browser.GetAsync(upload.Location!);
        var refused = await browser.GetAsync($"{upload.Location}?lines=refused");
        var started = await browser.SubmitAsync(check, upload.Location!);
        var job = await OverAsync(browser, started.Location!);
        var passwords = await browser.SubmitAsync(job, started.Location!);
        var again = await browser.SubmitAsync(job, started.Location!);

        Assert.Matches("^/mailboxes/import/[0-9]+$", upload.Location);
        Assert.Equal(["2 ann@example.org Will be added", "3 bob@foreign.example Left out foreign.example is no domain in which you may add mailboxes."], Rows(check));
        Assert.Equal(["3 bob@foreign.example Left out foreign.example is no domain in which you may add mailboxes."], Rows(refused));
        Assert.Contains("Ann &lt;script&gt;", check.Text, StringComparison.Ordinal);
        Assert.Contains("shoe size", check.Text, StringComparison.Ordinal);
        Assert.StartsWith("/jobs/", started.Location, StringComparison.Ordinal);
        Assert.Contains("2 of 2; 1 left as they are", job.Text, StringComparison.Ordinal);
        Assert.Matches("^Address,Password\r\nann@example.org,[a-z2-9-]{27}\r\n$", passwords.Text.TrimStart('\uFEFF'));
        Assert.Equal("no-store", passwords.Header("Cache-Control"));
        Assert.Equal(HttpStatusCode.NotFound, again.Status);
        Assert.Equal("ann@example.org", await panel.SqlAsync("SELECT address FROM addresses"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(upload.Location!)).Status);
    }

    [MariaDbFact]
    public async Task An_uploaded_file_is_read_whatever_spreadsheet_wrote_it()
    {
        await using var panel = await WorldAsync();
        var browser = await panel.SignedInAsync();

        var good = await UploadAsync(browser, [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes("Adresse;Passwort\r\nann@example.org;\"correct horse; battery\"\r\n")]);
        var latin = await UploadAsync(browser, Encoding.Latin1.GetBytes("address,name\nann@example.org,Grün\n"));
        var large = await UploadAsync(browser, new byte[(10 << 20) + 1]);
        var nothing = await UploadAsync(browser, []);

        Assert.Equal(["2 ann@example.org Will be added"], Rows(await browser.GetAsync(good.Location!)));
        Assert.Equal("The file is not UTF-8; it may be Latin-1 or UTF-16. Save it as “CSV UTF-8” and try again.", latin.Problems);
        Assert.Equal("The file is larger than 10 MB. Split it.", large.Problems);
        Assert.Equal("Choose a file or paste lines: the first names the columns, each other one is a mailbox.", nothing.Problems);
    }

    [MariaDbFact]
    public async Task Many_lines_come_a_page_at_a_time_and_what_nobody_wants_is_thrown_away()
    {
        await using var panel = await WorldAsync();
        var browser = await panel.SignedInAsync();
        var upload = await browser.SubmitAsync("/mailboxes/import", ("Text", "address\n" + string.Concat(Enumerable.Range(1, 250).Select(n => n % 50 == 0 ? $"bad{n}\n" : $"a{n}@example.org\n"))));

        var first = await browser.GetAsync(upload.Location!);
        var second = await browser.GetAsync(Next(first)!);
        var third = await browser.GetAsync(Next(second)!);
        var refused = await browser.GetAsync($"{upload.Location}?lines=refused");
        var discarded = await browser.SubmitAsync(first, $"{upload.Location}?handler=Discard");

        Assert.Equal([100, 100, 50, 5], ((Answer[])[first, second, third, refused]).Select(a => Rows(a).Count));
        Assert.StartsWith("102 a101@example.org", Rows(second)[0], StringComparison.Ordinal);
        Assert.Null(Next(third));
        Assert.Contains("Mailboxes that would be added: 245.", first.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, discarded.Status);
    }

    private static string? Next(Answer answer) => answer.Page.QuerySelector(".pager a[rel=next]")?.GetAttribute("href");

    private static List<string> Rows(Answer answer) =>
        [.. answer.Page.QuerySelectorAll("main tbody tr").Select(r => Spaces().Replace(string.Join(' ', r.Children.Take(3).Select(c => c.TextContent)), " ").Trim())];

    private static async Task<Answer> UploadAsync(Browser browser, byte[] file)
    {
        var page = await browser.GetAsync("/mailboxes/import");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(page.Page.QuerySelector("main form[method=post] input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent(""), "Text" },
        };
        if (file.Length > 0) content.Add(new ByteArrayContent(file), "Upload", "mailboxes.csv");
        return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/mailboxes/import") { Content = content });
    }

    private static async Task<Panel> WorldAsync()
    {
        var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync(
            """
            INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
            VALUES ('example.org', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
            """);
        return panel;
    }

    private static async Task<Answer> OverAsync(Browser browser, string job)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await browser.GetAsync(job);
            if (answer.Page.QuerySelector("progress") is not null && !answer.Message.Headers.Contains("Refresh")) return answer;

            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(60), "the job did not end");
            await Task.Delay(100);
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
