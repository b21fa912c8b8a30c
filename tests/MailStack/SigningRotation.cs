using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>One key follows another while mail is sent without a pause, whichever signer there is.</summary>
internal static class SigningRotation
{
    /// <summary>Each message is verified when it arrives, with what the name servers say at that moment: as many are signed as were sent, and none fails.</summary>
    public static async Task RunAsync(SigningWorld world)
    {
        var own = world.Own;
        await world.AddKeyAsync(own, "s1");
        await world.ApplyAsync();
        using var stop = new CancellationTokenSource();
        var sending = world.SendUntilAsync(stop.Token);

        await world.DoneAsync($"dkim generate {own} --selector s2");
        await ApplyAsync();
        await world.PublishEverywhereAsync(own, "s1", "s2");
        await world.ActivateAsync(own, "s2");
        await ApplyAsync();
        // The old key's time is over: it leaves DNS, and the panel.
        await (await Support.TrialInstance.Shared).ExecuteAsync($"UPDATE dkim_keys k JOIN domains d ON d.id = k.domain_id SET k.retiring_since = k.retiring_since - INTERVAL 8 DAY WHERE d.name = '{own}' AND k.selector = 's1'");
        await world.DoneAsync($"dkim retire {own} s1");
        await world.PublishEverywhereAsync(own, "s2");
        await world.DoneAsync($"dkim delete {own} s1");
        await ApplyAsync();
        await Task.Delay(2000);
        await stop.CancelAsync();

        var seen = await sending;
        Assert.All(seen, said => Assert.True(said is [var only] && (only == $"{own} s1 pass" || only == $"{own} s2 pass"), string.Join(" | ", said)));
        // First the one, then the other, and never back.
        var selectors = seen.Select(said => said[0].Split(' ')[1]).ToList();
        Assert.Equal(selectors.Order(StringComparer.Ordinal), selectors);
        Assert.True(selectors.Count(s => s == "s1") >= 3 && selectors.Count(s => s == "s2") >= 3, string.Join(' ', selectors));

        async Task ApplyAsync() => Assert.Equal((0, ""), await world.PanelAsync("apply") is var answer ? (answer.Status, answer.Errors) : default);
    }
}
