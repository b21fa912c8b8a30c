using System.Diagnostics;
using MariaDb.Client;
using MariaDb.Client.Sessions;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>The races between a statement and what stops it, one at a time.</summary>
public sealed class SessionWatchTests
{
    [Fact]
    public void Cancelled_between_two_waits_the_second_does_not_begin_but_cleaning_up_does()
    {
        var watch = new SessionWatch(() => throw new InvalidOperationException("Nothing runs."), socket: -1);
        watch.Begin();
        watch.EnterUnlessCancelled(0);
        watch.Exit();

        watch.Cancel();

        var error = Assert.Throws<MariaDbException>(() => watch.EnterUnlessCancelled(0));
        Assert.Equal(MariaDbErrorCode.QueryInterrupted, error.Number);
        watch.Enter(0);
        watch.Exit();
        watch.Begin();
        watch.EnterUnlessCancelled(0);
        watch.Exit();
    }

    [Fact]
    public void A_wait_ends_only_after_its_kill_was_sent()
    {
        var sent = false;
        var watch = new SessionWatch(
            () =>
            {
                Thread.Sleep(300);
                return sent = true;
            },
            socket: -1);
        watch.Begin();
        watch.Enter(0);

        watch.Cancel();
        watch.Exit();

        Assert.True(sent);
        Assert.True(watch.KillSent);
    }

    [Fact]
    public void An_old_time_limit_does_not_stop_a_younger_wait()
    {
        var (kills, slow) = (0, 0);
        var watch = new SessionWatch(() => ++kills > 0, socket: -1);
        for (var i = 0; i < 150; i++)
        {
            var started = Stopwatch.GetTimestamp();
            watch.Begin();
            watch.Enter(1000);
            Thread.Sleep(10);
            watch.Exit();
            // On a busy machine a wait may really last that long.
            if (Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(0.9)) slow++;
        }

        Assert.InRange(kills, 0, slow);
        kills = 0;
        watch.Begin();
        watch.Enter(50);
        SpinWait.SpinUntil(() => watch.Interruption == Interruption.Timeout, TimeSpan.FromSeconds(30));
        watch.Exit();
        Assert.Equal(1, kills);
    }

    [Fact]
    public void A_commit_is_never_killed()
    {
        var watch = new SessionWatch(() => throw new InvalidOperationException("A commit was killed."), socket: -1);
        watch.Begin();
        watch.Enter(50, mayKill: false);

        watch.Cancel();
        SpinWait.SpinUntil(() => watch.Interruption == Interruption.Timeout, TimeSpan.FromSeconds(30));
        watch.Exit();

        Assert.Equal((Interruption.Timeout, false), (watch.Interruption, watch.KillSent));
    }

    [Fact]
    public void A_command_after_a_commit_can_be_cancelled_before_its_first_wait()
    {
        var watch = new SessionWatch(() => true, socket: -1);
        watch.Begin();
        watch.Enter(0, mayKill: false);
        watch.Exit();

        watch.Begin();
        watch.Cancel();

        Assert.Throws<MariaDbException>(() => watch.EnterUnlessCancelled(0));
    }
}
