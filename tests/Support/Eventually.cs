using System.Diagnostics;
using Xunit;

namespace AdminPanel.Tests.Support;

/// <summary>Waits for what another thread or process does, and fails where it does not come to it.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "it did not come to it");
            await Task.Delay(50);
        }
    }
}
