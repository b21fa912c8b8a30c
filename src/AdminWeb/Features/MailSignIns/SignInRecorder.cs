using System.Threading.Channels;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>
/// Writes reported sign-ins down, a second's worth at a time, each protocol and place once. What does not fit into the
/// queue while the database is away is dropped and said: these rows are for looking, and mail must not wait for them.
/// </summary>
public sealed class SignInRecorder(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SignInRecorder> logger) : Worker("mailbox sign-ins")
{
    private const int QueueLength = 20_000;

    /// <summary>Rows a statement writes.</summary>
    private const int Batch = 200;

    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Sweeping = TimeSpan.FromHours(1);

    private readonly Channel<SignInReport> queue = Channel.CreateBounded<SignInReport>(QueueLength);
    private long dropped;
    private long swept = clock.GetTimestamp();

    /// <summary>Of somebody at the panel: a mailbox owner's is written down beside those of mail programs, an admin's is in the audit alone.</summary>
    /// <param name="account">With its mailbox, where it has one; null for a name that nobody has.</param>
    public void AddPanel(Account? account, string? source, bool isAccepted)
    {
        if (account?.Mailbox is not null && SignInReport.AtPanel(account.Name, source, isAccepted) is { } report) Add(report);
    }

    public void Add(SignInReport report)
    {
        if (!queue.Writer.TryWrite(report)) Interlocked.Increment(ref dropped);
    }

    protected override async Task PauseAsync(CancellationToken ct)
    {
        await queue.Reader.WaitToReadAsync(ct);
        if (queue.Reader.Count < Batch) await Task.Delay(Gathering, ct);
    }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        await WithRecordsAsync(r => r.WriteAsync(Gathered(), ct));
        if (clock.GetElapsedTime(swept) <= Sweeping) return;

        await WithRecordsAsync(r => r.SweepAsync(ct));
        swept = clock.GetTimestamp();
    }

    protected override void SayThatItWaits(string reason) => logger.NotRecorded(reason);

    private List<SignInSum> Gathered()
    {
        var sums = new Dictionary<SignInReport, long>();
        while (sums.Count < Batch && queue.Reader.TryRead(out var report)) sums[report] = sums.GetValueOrDefault(report) + 1;
        if (Interlocked.Exchange(ref dropped, 0) is > 0 and var lost) logger.Dropped(lost);
        return [.. sums.Select(s => new SignInSum(s.Key, s.Value))];
    }

    private async Task WithRecordsAsync(Func<SignInRecords, Task> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        await run(scope.ServiceProvider.GetRequiredService<SignInRecords>());
    }
}
