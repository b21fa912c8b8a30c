using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// The life of a DKIM key from its making to mail that it has signed, on a host that apply manages: real name servers, the
/// real Rspamd, and dkimpy, which checks signatures and is not ours.
/// </summary>
public sealed class SigningTests(AppliedServer server) : IClassFixture<AppliedServer>, IAsyncLifetime
{
    private readonly string own = MailData.NewDomain();
    private readonly string alias = MailData.NewDomain();
    private readonly string other = MailData.NewDomain();
    private NameServer first = null!;
    private NameServer second = null!;

    [SigningFact]
    public async Task A_key_signs_when_every_name_server_has_its_record_and_for_nobody_else()
    {
        await PrepareAsync();
        foreach (var domain in (string[])[own, other]) Assert.StartsWith("Added s1.", await DoneAsync($"dkim generate {domain} --selector s1"), StringComparison.Ordinal);
        Assert.StartsWith("Added e1.", await DoneAsync($"dkim generate {own} --selector e1 --algorithm ed25519"), StringComparison.Ordinal);
        Assert.StartsWith("Added a1.", await DoneAsync($"dkim generate {alias} --selector a1"), StringComparison.Ordinal);

        // Nobody has the record, then one of two servers.
        await PublishAsync(first, own);
        await PublishAsync(second, own);
        Assert.Equal(1, (await DkimAsync($"dkim check {own} s1")).Status);
        await PublishAsync(first, own, "s1", "e1");
        var half = await DkimAsync($"dkim check {own} s1");
        Assert.Equal(1, half.Status);
        Assert.Contains($"({first.Address}): right\n", half.Output, StringComparison.Ordinal);
        Assert.Contains($"({second.Address}): missing\n", half.Output, StringComparison.Ordinal);
        var early = await DkimAsync($"dkim activate {own} s1");
        Assert.Equal(1, early.Status);
        Assert.Contains("The last look did not find the record of s1", early.Errors, StringComparison.Ordinal);

        await PublishAsync(second, own, "s1", "e1");
        await ActivateAsync(own, "s1");
        await ActivateAsync(own, "e1");
        foreach (var (domain, selector) in (IEnumerable<(string, string)>)[(alias, "a1"), (other, "s1")])
        {
            await PublishAsync(first, domain, selector);
            await PublishAsync(second, domain, selector);
            await ActivateAsync(domain, selector);
        }
        try
        {
            await server.PrepareSpamFilterAsync();
            var (status, _, errors) = await DkimAsync("apply --replace");
            Assert.True(status == 0, errors);
            await KeysAreClosedAsync();

            Assert.Equal([$"{own} e1 pass", $"{own} s1 pass"], await SignaturesAsync($"box@{own}", $"box@{own}"));
            Assert.Equal([$"{alias} a1 pass"], await SignaturesAsync($"box@{alias}", $"box@{alias}"));
            // The other's name in From, as a person of this domain, with whichever envelope.
            Assert.Equal([], await SignaturesAsync($"box@{own}", $"box@{other}"));
            Assert.Equal([], await SignaturesAsync($"box@{own}", $"box@{own}>, <box@{other}"));
            Assert.Equal([$"{other} s1 pass"], await SignaturesAsync($"box@{other}", $"box@{other}", signedIn: $"box@{other}"));

            // Another key takes the place of the first; the old one's file goes when nothing signs with it.
            await DoneAsync($"dkim generate {own} --selector s2");
            await PublishAsync(first, own, "s1", "e1", "s2");
            await PublishAsync(second, own, "s1", "e1", "s2");
            await ActivateAsync(own, "s2");
            Assert.Contains("retiring", (await DkimAsync($"dkim list {own}")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await DkimAsync("apply")).Status);
            Assert.Equal([$"{own} e1 pass", $"{own} s2 pass"], await SignaturesAsync($"box@{own}", $"box@{own}"));
            Assert.Empty(Directory.GetFiles(Path.Combine(server.Applied, "dkim"), $"{own}.s1.*"));
            // It must stay in DNS, and in the panel.
            Assert.Equal(1, (await DkimAsync($"dkim retire {own} s1")).Status);
            Assert.Equal(1, (await DkimAsync($"dkim delete {own} s1")).Status);

            // A file that somebody has removed is there again.
            await AppliedServer.ShellAsync($"rm {server.Applied}/dkim/{own}.s2.*");
            Assert.Equal(0, (await DkimAsync("apply")).Status);
            Assert.Single(Directory.GetFiles(Path.Combine(server.Applied, "dkim"), $"{own}.s2.*"));

            // What opens the keys is another one: nothing is changed.
            await AppliedServer.ShellAsync($"cd {server.Directory} && mv sealing.key kept.key && head -c 32 /dev/urandom | base64 >sealing.key");
            var strange = await DkimAsync("apply");
            Assert.Equal(1, strange.Status);
            Assert.Contains("is not the key that DKIM keys are sealed to", strange.Errors, StringComparison.Ordinal);
            await AppliedServer.ShellAsync($"cd {server.Directory} && rm sealing.key");
            Assert.Contains("is not there, and DKIM keys are sealed to it", (await DkimAsync("apply")).Errors, StringComparison.Ordinal);
            await AppliedServer.ShellAsync($"cd {server.Directory} && mv kept.key sealing.key");
        }
        finally
        {
            await server.StopSpamFilterAsync();
        }
    }

    /// <summary>One message after the other, each verified when it arrives, with what the name servers say at that moment.</summary>
    [SigningFact]
    public async Task No_message_fails_while_one_key_follows_another()
    {
        await PrepareAsync();
        await DoneAsync($"dkim generate {own} --selector s1");
        await PublishAsync(first, own, "s1");
        await PublishAsync(second, own, "s1");
        await ActivateAsync(own, "s1");
        try
        {
            await server.PrepareSpamFilterAsync();
            Assert.Equal((0, ""), await ApplyAsync("apply --replace"));
            using var stop = new CancellationTokenSource();
            var sending = SendUntilAsync(stop.Token);

            await DoneAsync($"dkim generate {own} --selector s2");
            Assert.Equal((0, ""), await ApplyAsync("apply"));
            await PublishAsync(first, own, "s1", "s2");
            await PublishAsync(second, own, "s1", "s2");
            await ActivateAsync(own, "s2");
            Assert.Equal((0, ""), await ApplyAsync("apply"));
            // The old key's time is over: it leaves DNS, and the panel.
            await (await TrialInstance.Shared).ExecuteAsync($"UPDATE dkim_keys k JOIN domains d ON d.id = k.domain_id SET k.retiring_since = k.retiring_since - INTERVAL 8 DAY WHERE d.name = '{own}' AND k.selector = 's1'");
            await DoneAsync($"dkim retire {own} s1");
            await PublishAsync(first, own, "s2");
            await PublishAsync(second, own, "s2");
            await DoneAsync($"dkim delete {own} s1");
            Assert.Equal((0, ""), await ApplyAsync("apply"));
            await Task.Delay(2000);
            await stop.CancelAsync();

            var seen = await sending;
            Assert.All(seen, said => Assert.True(said is [var only] && (only == $"{own} s1 pass" || only == $"{own} s2 pass"), string.Join(" | ", said)));
            // First the one, then the other, and never back.
            var selectors = seen.Select(said => said[0].Split(' ')[1]).ToList();
            Assert.Equal(selectors.Order(StringComparer.Ordinal), selectors);
            Assert.True(selectors.Count(s => s == "s1") >= 3 && selectors.Count(s => s == "s2") >= 3, string.Join(' ', selectors));
        }
        finally
        {
            await server.StopSpamFilterAsync();
        }

        async Task<(int, string)> ApplyAsync(string command) => await DkimAsync(command) is var answer ? (answer.Status, answer.Errors) : default;
    }

    private async Task<IReadOnlyList<IReadOnlyList<string>>> SendUntilAsync(CancellationToken ct)
    {
        var seen = new List<IReadOnlyList<string>>();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                seen.Add(await SignaturesAsync($"box@{own}", $"box@{own}"));
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                // Postfix or Dovecot read their files anew: a mail program tries again, and nothing was sent.
                await Task.Delay(100, CancellationToken.None);
            }
        }
        return seen;
    }

    public async Task InitializeAsync()
    {
        if (Requirement.Signing.Repair is not null) return;

        (first, second) = (await NameServer.StartAsync(), await NameServer.StartAsync());
    }

    public async Task DisposeAsync()
    {
        if (first is null) return;

        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    private async Task PrepareAsync()
    {
        await server.OpenAsync();
        var instance = await TrialInstance.Shared;
        await new MailData().Domain(own).Domain(other).Domain(alias, target: own).Mailbox($"box@{own}", $"{own}/box").Mailbox($"box@{other}", $"{other}/box").WriteAsync(instance);
        Assert.StartsWith("DKIM keys are sealed to ", await DoneAsync("dkim sealing-key"), StringComparison.Ordinal);
        Assert.Equal("600 root:root", (await AppliedServer.ShellAsync($"stat -c '%a %U:%G' {server.Directory}/sealing.key")).Trim());
    }

    /// <summary>The records of some keys, as the panel says them.</summary>
    private async Task PublishAsync(NameServer at, string domain, params string[] selectors)
    {
        var lines = (await DoneAsync($"dkim list {domain} --csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));
        await at.WriteZoneAsync(domain, [first.Address, second.Address], [.. lines.Where(line => selectors.Contains(line[0])).Select(line => $"{line[4]}. TXT {Chunks(line[5].Trim('"', '\r'))}")]);
    }

    private static string Chunks(string text) => string.Join(' ', text.Chunk(255).Select(chunk => $"\"{new string(chunk)}\""));

    private async Task ActivateAsync(string domain, string selector)
    {
        var (status, output, errors) = await DkimAsync($"dkim check {domain} {selector}");
        Assert.True(status == 0, output + errors);
        await DoneAsync($"dkim activate {domain} {selector}");
    }

    /// <summary>What a verifier says of a message that comes to the other's mailbox: nothing where it is not signed.</summary>
    private async Task<IReadOnlyList<string>> SignaturesAsync(string envelope, string header, string? signedIn = null)
    {
        var instance = await TrialInstance.Shared;
        var mark = Guid.NewGuid().ToString("n");
        await using var smtp = await SmtpDialogue.OpenAsync(server.Submission);
        await smtp.StartTlsAsync(instance.CaFile);
        Assert.Equal(235, (await smtp.SignInAsync(signedIn ?? $"box@{own}", MailData.Password)).Code);
        var reply = await smtp.SendAsync(envelope, $"box@{other}", $"From: <{header}>\nTo: <box@{other}>\nDate: Sat, 21 Nov 2026 12:00:00 +0000\nMessage-ID: <{mark}@{own}>\nSubject: {mark}\n\nHello.\n");
        Assert.True(reply.Code == 250, $"{reply}");
        var file = "";
        await SpamFilter.AwaitAsync(async () => (file = (await TrialInstance.RunAsync("/bin/grep", ["-r", "-l", "--include=*", mark, Path.Combine(server.Directory, "mail", other)])).Output.Split('\n').FirstOrDefault(path => path.Contains("/new/", StringComparison.Ordinal)) ?? "").Length > 0);
        var said = await AppliedServer.ShellAsync($"/usr/bin/python3 {Path.Combine(TrialInstance.Repository, "tests/MailStack/verify-dkim.py")} {first.Address} <{file}");
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
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

    private async Task<string> DoneAsync(string command)
    {
        var (status, output, errors) = await DkimAsync(command);
        Assert.True(status == 0, errors);
        return output;
    }

    private Task<(int Status, string Output, string Errors)> DkimAsync(string command) => server.PanelAsync($"{command} --Dns:Resolver={first.Address} --Dns:TrustAnchor=none", server.SpamFilterSettings);
}
