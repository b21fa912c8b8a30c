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
