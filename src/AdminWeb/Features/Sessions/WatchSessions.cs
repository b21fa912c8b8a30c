using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.Sessions;

/// <summary>
/// Ends the sessions of this host's Dovecot whose rights have ended, until it is stopped. It runs as root, as doveadm(1)
/// has to, and believes the database nothing but whose sessions: <see cref="SessionMask"/>.
/// </summary>
internal sealed class WatchSessions(SessionFeed feed, OpenSessions sessions, TimeProvider clock)
{
    // Each is a process of doveadm(1), which mostly waits.
    private const int AtOnce = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly DueEnds ends = new(clock);
    private string? trouble;

    /// <param name="say">A line about what was done.</param>
    /// <param name="complain">A line about what is in the way; the same one once.</param>
    public async Task RunAsync(Action<string> say, Action<string> complain, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                ends.Add(Readable(await feed.ReadAsync(ct), complain));
                await EndDueAsync(say, complain, ct);
                if (trouble is not null) say("It goes on.");
                trouble = null;
                await Task.Delay(Pause, clock, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (OutsideFault.Of(e, "db status") is { } fault)
            {
                if (trouble != fault.Sentence) complain(fault.Sentence);
                trouble = fault.Sentence;
                await Task.Delay(Pause, clock, CancellationToken.None);
            }
        }
    }

    private static IEnumerable<SessionMask> Readable(IReadOnlyList<string> masks, Action<string> complain)
    {
        foreach (var text in masks)
        {
            if (SessionMask.TryParse(text, out var mask)) yield return mask;
            else complain($"\"{text}\" is neither an address nor a domain: ignored.");
        }
    }

    private async Task EndDueAsync(Action<string> say, Action<string> complain, CancellationToken ct)
    {
        var due = ends.Now();
        if (due.Count == 0) return;

        var masks = DueEnds.Of(due.Select(end => end.Mask), await sessions.UsersAsync(ct));
        await Parallel.ForEachAsync(masks, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (mask, token) =>
        {
            try
            {
                await sessions.EndAsync(mask, token);
                say($"Ended the sessions of {mask}.");
            }
            catch (ProgramException e)
            {
                // One that fails holds up nobody else, and is due again.
                complain(e.Message);
            }
        });
        ends.Done(due);
    }
}
