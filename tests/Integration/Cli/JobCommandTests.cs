using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Integration.Operations;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Cli;

public sealed class JobCommandTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_job_is_listed_and_shown_with_what_it_left()
    {
        var job = await StartAsync();
        await WorkAsync(job);

        var list = await RunAsync("list");
        Assert.Equal((0, $"{job}  set quota mailboxes  done  2 of 2, 1 left as they are  root"), (list.Status, string.Join("  ", Cells(list.Out.Split('\n')[1])[..5])));

        var show = await RunAsync("show", Text(job));
        var lines = show.Out.TrimEnd('\n').Split('\n');
        Assert.Equal((0, $"job {job}: set quota mailboxes, done"), (show.Status, lines[0]));
        Assert.Equal("done             2 of 2, 1 left as they are", lines[1]);
        Assert.StartsWith("bob@example.org: ", lines[^1], StringComparison.Ordinal);

        var results = await RunAsync("show", Text(job), "--results");
        Assert.Equal(["1", "ann@example.org", "done"], Cells(results.Out.Split('\n')[1]));
        Assert.StartsWith("2  bob@example.org", string.Join("  ", Cells(results.Out.Split('\n')[2])), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_program_reads_the_same_as_json()
    {
        var job = await StartAsync();
        await WorkAsync(job);

        var show = await RunAsync("show", Text(job), "--json");

        Assert.Equal((1, 1, "done"), (show.Json.GetProperty("job").GetProperty("doneCount").GetInt32(), show.Json.GetProperty("job").GetProperty("refusedCount").GetInt32(), show.Json.GetProperty("job").GetProperty("state").GetString()));
        Assert.Equal(("bob@example.org", "QuotaLimitReached"), (show.Json.GetProperty("refused")[0].GetProperty("address").GetString(), show.Json.GetProperty("refused")[0].GetProperty("code").GetString()));
    }

    [MariaDbFact]
    public async Task A_job_is_started_for_addresses_by_name_or_for_all_under_the_limits_of_their_list()
    {
        await DomainAsync("example.org");
        foreach (var name in (string[])["ann", "bob", "eve"]) await MailboxAsync($"{name}@example.org");
        await AliasAsync("@example.org", "x@y.example");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address = 'eve@example.org'");

        var named = await Shell.RunAsync(Database.ConnectionString, ["job", "start", "mailboxes", "deny-imap", "-"], "BOB@example.org\n\neve@example.org\n");
        var limited = await RunAsync("start", "mailboxes", "delete", "--all", "--state", "inactive", "--count", "1");
        var alias = await RunAsync("start", "aliases", "deactivate", "@example.org");

        Assert.Equal((0, 0, 0), (named.Status, limited.Status, alias.Status));
        Assert.StartsWith("Started job ", named.Out, StringComparison.Ordinal);
        Assert.Equal(
            "deny_imap\tbob@example.org,eve@example.org\ndelete\teve@example.org\ndeactivate\t@example.org",
            await AskAsync("SELECT j.action, GROUP_CONCAT(t.address ORDER BY t.number) FROM jobs j JOIN job_targets t ON t.job_id = j.id GROUP BY j.id ORDER BY j.id"));
    }

    [MariaDbTheory]
    [InlineData(1, "There is no nobody@example.org, or it is of another kind.", "mailboxes", "activate", "ann@example.org", "nobody@example.org")]
    [InlineData(1, "There is no info@example.org, or it is of another kind.", "mailboxes", "activate", "info@example.org")]
    [InlineData(1, "There is no hosted domain other.example.", "mailboxes", "activate", "--all", "--domain", "other.example")]
    [InlineData(1, "To delete, type 1", "mailboxes", "delete", "--all")]
    [InlineData(2, "Give one of ADDRESS and --all.", "mailboxes", "activate")]
    [InlineData(2, "What limits a list needs --all.", "mailboxes", "activate", "ann@example.org", "--state", "active")]
    [InlineData(2, "set-quota and --quota go together.", "mailboxes", "set-quota", "--all")]
    [InlineData(2, "deny-imap", "aliases", "deny-imap", "--all")]
    public async Task What_cannot_be_started_is_named_and_nothing_is(int status, string sentence, params string[] arguments)
    {
        await DomainAsync("example.org");
        await MailboxAsync("ann@example.org");
        await AliasAsync("info@example.org", "x@y.example");

        var answer = await RunAsync(["start", .. arguments]);

        Assert.Equal(status, answer.Status);
        Assert.Contains(sentence, answer.Error, StringComparison.Ordinal);
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM jobs"));
    }

    [MariaDbFact]
    public async Task A_cancelled_job_does_nothing_more()
    {
        var job = await StartAsync();

        var answer = await RunAsync("cancel", Text(job));
        var before = await AskAsync("SELECT quota_bytes FROM mailboxes ORDER BY id");

        Assert.Equal((0, $"Job {job} stops before its next step. What it did stays.\n"), (answer.Status, answer.Out));
        await WorkAsync(job);
        Assert.Equal(before, await AskAsync("SELECT quota_bytes FROM mailboxes ORDER BY id"));
        Assert.Equal($"Job {job} has ended: cancelled.\n", (await RunAsync("cancel", Text(job))).Out);
    }

    // The domain's pool lets one of the two have it.
    private async Task<long> StartAsync()
    {
        await DomainAsync("example.org", quotaLimit: 25L << 30);
        IReadOnlyList<long> ids = [await MailboxAsync("ann@example.org", quota: 1L << 30), await MailboxAsync("bob@example.org", quota: 1L << 30)];
        return Done(await RunAsync<StartJob, Outcome<Saved>>(o => o.RunAsync(new() { Action = JobAction.SetQuota, Quota = "20G", Ids = ids }, Superadmin, default))).Id;
    }

    private async Task WorkAsync(long job)
    {
        var fence = (await RunAsync<JobStep, long?>(s => s.TakeAsync(job, default)))!.Value;
        while (await RunAsync<JobStep, bool>(s => s.RunAsync(job, fence, default)))
        {
            // To its end.
        }
    }

    private Task<ShellAnswer> RunAsync(params string[] arguments) => Shell.RunAsync(Database.ConnectionString, ["job", .. arguments]);

    private static string[] Cells(string line) => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
