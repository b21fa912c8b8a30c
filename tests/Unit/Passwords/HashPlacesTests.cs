using System.Collections.Concurrent;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace AdminPanel.Tests.Unit.Passwords;

/// <summary>Two hundred at once: no more memory than was set, nobody passes anybody, and nobody is forgotten.</summary>
public sealed class HashPlacesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Never_more_run_at_once_than_there_are_places_and_all_are_done(int count)
    {
        using var places = new HashPlaces(count);
        var (running, most) = (0, 0);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => places.RunAsync(
            () =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                Thread.Sleep(1);
                Interlocked.Decrement(ref running);
                return i;
            },
            CancellationToken.None))));

        Assert.Equal(Enumerable.Range(0, 200), answers);
        Assert.InRange(most, 1, count);
    }

    [Fact]
    public async Task Who_comes_first_is_served_first_and_whoever_waits_holds_no_thread()
    {
        using var places = new HashPlaces(1);
        using var gate = new ManualResetEventSlim();
        var order = new ConcurrentQueue<int>();
        var first = Task.Run(() => places.Run(() =>
        {
            order.Enqueue(-1);
            gate.Wait();
            return 0;
        }));
        while (order.IsEmpty) await Task.Yield();

        // All from this one thread: were one of them to wait on it, the next would not be asked for.
        var others = Enumerable.Range(0, 200).Select(i => places.RunAsync(
            () =>
            {
                order.Enqueue(i);
                return i;
            },
            CancellationToken.None)).ToList();
        Assert.All(others, o => Assert.False(o.IsCompleted));
        gate.Set();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(Enumerable.Range(-1, 201), order);
    }

    [Fact]
    public async Task Whoever_goes_away_or_fails_leaves_the_place_to_the_next()
    {
        using var places = new HashPlaces(1);
        using var gate = new ManualResetEventSlim();
        using var gone = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var first = Task.Run(() => places.RunAsync<int>(
            () =>
            {
                begun.SetResult();
                gate.Wait();
                throw new InvalidOperationException("a broken library");
            },
            CancellationToken.None));
        await begun.Task;
        var wasBegun = false;
        var leaving = places.RunAsync(() => wasBegun = true, gone.Token);
        var next = places.RunAsync(() => "served", CancellationToken.None);

        await gone.CancelAsync();
        gate.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        Assert.Equal("served", await next);
        Assert.False(wasBegun);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData(" 7 ", 7)]
    [InlineData("64", 64)]
    public void The_setting_says_how_many(string setting, int count) => Assert.Equal(count, Of(setting).Count);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_it_the_processors_do_from_two_to_four(string? setting) => Assert.InRange(Of(setting).Count, 2, 4);

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("65")]
    [InlineData("1.5")]
    [InlineData("many")]
    public void Another_is_refused_with_its_repair(string setting) =>
        Assert.Contains("write a number from 1 to 64; each takes 64 MiB", Assert.Throws<SettingException>(() => Of(setting)).Message, StringComparison.Ordinal);

    private static HashPlaces Of(string? setting) =>
        HashSetting.Places(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Panel:HashesAtOnce", setting)]).Build());

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen; seen = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, now, seen);
    }
}
