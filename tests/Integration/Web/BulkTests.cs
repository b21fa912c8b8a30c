using System.Diagnostics;
using System.Net;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Many at once and lists to take away, as a browser without JavaScript sees them.</summary>
public sealed class BulkTests
{
    [MariaDbFact]
    public async Task Ticked_rows_become_a_job_with_a_page_and_a_result()
    {
        await using var panel = await WorldAsync();
        var browser = await panel.SignedInAsync();
        var list = await browser.GetAsync("/domains/d1.example/mailboxes");
        var ids = list.Page.QuerySelectorAll("input[name=id]").Take(2).Select(i => i.GetAttribute("value")).ToList();

        var answer = await browser.SubmitAsync($"/bulk/mailboxes?id={ids[0]}&id={ids[1]}&domain=d1.example", ("Input.Action", "Deactivate"));
        var job = await OverAsync(browser, answer.Location!);
        var result = await browser.GetAsync($"{answer.Location}?handler=Result&mark=false");

        Assert.StartsWith("/jobs/", answer.Location, StringComparison.Ordinal);
        Assert.Contains("2 of 2; 0 left as they are", job.Text, StringComparison.Ordinal);
        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM addresses WHERE NOT is_active"));
        Assert.Equal(await panel.SqlAsync("SELECT GROUP_CONCAT(CONCAT(number, ',', subject, ',Done') ORDER BY number SEPARATOR ';') FROM job_results"),
            string.Join(';', result.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)));
    }

    [MariaDbFact]
    public async Task All_that_match_are_changed_after_a_choice_and_nothing_without_one()
    {
        await using var panel = await WorldAsync();
        var browser = await panel.SignedInAsync();

        var unchosen = await browser.SubmitAsync("/bulk/mailboxes?all=true&domain=d2.example");
        var untyped = await browser.SubmitAsync("/bulk/mailboxes?all=true&domain=d2.example", ("Input.Action", "Delete"));
        var deleted = await browser.SubmitAsync("/bulk/mailboxes?all=true&domain=d2.example", ("Input.Action", "Delete"), ("Input.Confirm", "60"));
        await OverAsync(browser, deleted.Location!);

        Assert.Equal("Choose what to do", unchosen.Problems);
        Assert.Equal("To delete, type 60", untyped.Problems);
        Assert.Equal("60", await panel.SqlAsync("SELECT COUNT(*) FROM mailboxes"));
        Assert.Equal("0", await panel.SqlAsync("SELECT mailbox_count FROM domains WHERE name = 'd2.example'"));
    }

    [MariaDbFact]
    public async Task Ticked_domains_get_tags_and_the_list_under_one_of_them_loses_it()
    {
        await using var panel = await WorldAsync();
        var browser = await panel.SignedInAsync();
        var ids = (await browser.GetAsync("/domains")).Page.QuerySelectorAll("input[name=id]").Take(2).Select(i => i.GetAttribute("value")).ToList();

        var empty = await browser.SubmitAsync($"/bulk/domains?id={ids[0]}&id={ids[1]}");
        var tagged = await browser.SubmitAsync($"/bulk/domains?id={ids[0]}&id={ids[1]}", ("Input.Add", "Gold berlin"));

        Assert.Equal("Enter tags to add or to remove.", empty.Problems);
        Assert.Equal("/domains", tagged.Location);
        Assert.Contains("Tags of 2 domains changed.", (await browser.GetAsync("/domains")).Text, StringComparison.Ordinal);
        Assert.Equal("berlin\t2\ngold\t2", await panel.SqlAsync("SELECT name, COUNT(*) FROM domain_tags GROUP BY name ORDER BY 1"));

        var list = (await browser.GetAsync("/domains?tag=gold")).Page.QuerySelector("input[name=tag][value=gold]");
        Assert.NotNull(list);
        await browser.SubmitAsync("/bulk/domains?all=true&tag=gold", ("Input.Remove", "gold"));
        Assert.Equal("berlin\t2", await panel.SqlAsync("SELECT name, COUNT(*) FROM domain_tags GROUP BY name ORDER BY 1"));
        Assert.Equal("Nothing is selected", (await browser.GetAsync("/bulk/domains?all=true&tag=gold")).Page.QuerySelector(".empty h2, .panel h2")!.TextContent.Trim());
    }

    [MariaDbFact]
    public async Task A_list_is_taken_away_as_it_is_filtered_and_that_is_written_down()
    {
        await using var panel = await WorldAsync();
        await panel.SqlAsync("UPDATE mailboxes SET display_name = '=1+1' WHERE address_id = (SELECT id FROM addresses WHERE address = 'm10@d1.example')");
        var browser = await panel.SignedInAsync();

        var list = await browser.GetAsync("/export/mailboxes?domain=d1.example&q=m10%40");
        var plain = await browser.GetAsync("/export/mailboxes?q=m1&mark=false");
        var aliases = await browser.GetAsync("/export/aliases?mark=false");
        var domains = await browser.GetAsync("/export/domains?mark=false");

        Assert.Equal(HttpStatusCode.OK, list.Status);
        Assert.Equal("Address,Name,Quota in bytes,Used bytes,Forwards,State\r\nm10@d1.example,'=1+1,5368709120,0,0,Active\r\n", list.Text.TrimStart('\uFEFF'));
        Assert.Equal(int.Parse(await panel.SqlAsync("SELECT COUNT(*) FROM addresses WHERE kind = 'mailbox' AND address LIKE 'm1%'")) + 2, plain.Text.Split("\r\n").Length);
        Assert.Contains("u1@d2.example,m", aliases.Text, StringComparison.Ordinal);
        Assert.Contains("d1.example,,60,", domains.Text, StringComparison.Ordinal);
        Assert.Equal("aliases\ndomains\nmailboxes\nmailboxes d1.example", await panel.SqlAsync("SELECT subject FROM audit_entries WHERE action = 'list.export' ORDER BY 1"));
    }

    private static async Task<Panel> WorldAsync()
    {
        var panel = await Panel.StartAsync();
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await using var connection = new MariaDbConnection(panel.Server.ConnectionString(panel.Database));
        await connection.OpenAsync();
        await MailSeed.FillAsync(connection, domains: 2, mailboxes: 120, aliases: 3);
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
}
