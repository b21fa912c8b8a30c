using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// The life of a DKIM key from its making to mail that it has signed, on a host that apply manages: real name servers, the
/// real Rspamd, and dkimpy, which checks signatures and is not ours.
/// </summary>
public sealed class SigningTests(AppliedServer server) : IClassFixture<AppliedServer>
{
    [SigningFact]
    public async Task A_key_signs_when_every_name_server_has_its_record_and_for_nobody_else()
    {
        await using var world = await new SigningWorld(server, (await server.OpenAsync()).SpamFilterSettings).PrepareAsync();
        var (own, alias, other, first, second) = (world.Own, world.Alias, world.Other, world.First, world.Second);
        foreach (var domain in (string[])[own, other]) Assert.StartsWith("Added s1.", await world.DoneAsync($"dkim generate {domain} --selector s1"), StringComparison.Ordinal);
        Assert.StartsWith("Added e1.", await world.DoneAsync($"dkim generate {own} --selector e1 --algorithm ed25519"), StringComparison.Ordinal);
        Assert.StartsWith("Added a1.", await world.DoneAsync($"dkim generate {alias} --selector a1"), StringComparison.Ordinal);

        // Nobody has the record, then one of two servers.
        await world.PublishAsync(first, own);
        await world.PublishAsync(second, own);
        Assert.Equal(1, (await world.PanelAsync($"dkim check {own} s1")).Status);
        await world.PublishAsync(first, own, "s1", "e1");
        var half = await world.PanelAsync($"dkim check {own} s1");
        Assert.Equal(1, half.Status);
        Assert.Contains($"({first.Address}): right\n", half.Output, StringComparison.Ordinal);
        Assert.Contains($"({second.Address}): missing\n", half.Output, StringComparison.Ordinal);
        var early = await world.PanelAsync($"dkim activate {own} s1");
        Assert.Equal(1, early.Status);
        Assert.Contains("The last look did not find the record of s1", early.Errors, StringComparison.Ordinal);

        await world.PublishAsync(second, own, "s1", "e1");
        await world.ActivateAsync(own, "s1");
        await world.ActivateAsync(own, "e1");
        foreach (var (domain, selector) in (IEnumerable<(string, string)>)[(alias, "a1"), (other, "s1")])
        {
            await world.PublishEverywhereAsync(domain, selector);
            await world.ActivateAsync(domain, selector);
        }
        try
        {
            await server.PrepareSpamFilterAsync();
            await world.ApplyAsync();
            await KeysAreClosedAsync();

            Assert.Equal([$"{own} e1 pass", $"{own} s1 pass"], await world.SignaturesAsync($"box@{own}", $"box@{own}"));
            Assert.Equal([$"{alias} a1 pass"], await world.SignaturesAsync($"box@{alias}", $"box@{alias}"));
            // The other's name in From, as a person of this domain, with whichever envelope.
            Assert.Equal([], await world.SignaturesAsync($"box@{own}", $"box@{other}"));
            Assert.Equal([], await world.SignaturesAsync($"box@{own}", $"<box@{own}>, <box@{other}>"));
            Assert.Equal([$"{other} s1 pass"], await world.SignaturesAsync($"box@{other}", $"box@{other}", signedIn: $"box@{other}"));

            // Another key takes the place of the first; the old one's file goes when nothing signs with it.
            await world.DoneAsync($"dkim generate {own} --selector s2");
            await world.PublishEverywhereAsync(own, "s1", "e1", "s2");
            await world.ActivateAsync(own, "s2");
            Assert.Contains("retiring", (await world.PanelAsync($"dkim list {own}")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await world.PanelAsync("apply")).Status);
            Assert.Equal([$"{own} e1 pass", $"{own} s2 pass"], await world.SignaturesAsync($"box@{own}", $"box@{own}"));
            Assert.Empty(Directory.GetFiles(Path.Combine(server.Applied, "dkim"), $"{own}.s1.*"));
            // It must stay in DNS, and in the panel.
            Assert.Equal(1, (await world.PanelAsync($"dkim retire {own} s1")).Status);
            Assert.Equal(1, (await world.PanelAsync($"dkim delete {own} s1")).Status);

            // A file that somebody has removed is there again.
            await AppliedServer.ShellAsync($"rm {server.Applied}/dkim/{own}.s2.*");
            Assert.Equal(0, (await world.PanelAsync("apply")).Status);
            Assert.Single(Directory.GetFiles(Path.Combine(server.Applied, "dkim"), $"{own}.s2.*"));

            // What opens the keys is another one: nothing is changed.
            await AppliedServer.ShellAsync($"cd {server.Directory} && mv sealing.key kept.key && head -c 32 /dev/urandom | base64 >sealing.key");
            var strange = await world.PanelAsync("apply");
            Assert.Equal(1, strange.Status);
            Assert.Contains("is not the key that DKIM keys are sealed to", strange.Errors, StringComparison.Ordinal);
            await AppliedServer.ShellAsync($"cd {server.Directory} && rm sealing.key");
            Assert.Contains("is not there, and DKIM keys are sealed to it", (await world.PanelAsync("apply")).Errors, StringComparison.Ordinal);
            await AppliedServer.ShellAsync($"cd {server.Directory} && mv kept.key sealing.key");
        }
        finally
        {
            await server.StopSpamFilterAsync();
        }
    }

    [SigningFact]
    public async Task No_message_fails_while_one_key_follows_another()
    {
        await using var world = await new SigningWorld(server, (await server.OpenAsync()).SpamFilterSettings).PrepareAsync();
        try
        {
            await server.PrepareSpamFilterAsync();
            await SigningRotation.RunAsync(world);
        }
        finally
        {
            await server.StopSpamFilterAsync();
        }
    }

    private async Task KeysAreClosedAsync()
    {
        var keys = (await AppliedServer.ShellAsync($"stat -c '%a %U:%G' {server.Applied}/dkim/*.key | sort -u")).Trim();
        Assert.Equal("640 root:_rspamd", keys);
        // What stands in the database opens nothing, and in no tree is a private key.
        var stored = await (await TrialInstance.Shared).ExecuteAsync("SELECT sealed_private_key FROM dkim_keys");
        Assert.DoesNotContain("MIIEv", stored, StringComparison.Ordinal);
        Assert.Equal("", await AppliedServer.ShellAsync($"grep -rl 'PRIVATE KEY' {server.Applied}/trees || true"));
    }
}
