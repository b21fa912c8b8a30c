using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// What signers are tried in: a host that apply manages, two domains with a mailbox each and an alias domain, two real name
/// servers, and dkimpy, which checks signatures and is not ours. Made anew for each test.
/// </summary>
/// <param name="settings">Of the host, for every command: which signer it has.</param>
public sealed class SigningWorld(AppliedServer server, string settings) : IAsyncDisposable
{
    private NameServer first = null!;
    private NameServer second = null!;

    /// <summary>Has box@, and the alias domain.</summary>
    public string Own { get; } = MailData.NewDomain();

    /// <summary>Stands for <see cref="Own"/>.</summary>
    public string Alias { get; } = MailData.NewDomain();

    /// <summary>Of other people, with box@: all mail goes there.</summary>
    public string Other { get; } = MailData.NewDomain();

    public NameServer First => first;

    public NameServer Second => second;

    public async Task<SigningWorld> PrepareAsync()
    {
        (first, second) = (await NameServer.StartAsync(), await NameServer.StartAsync());
        await server.OpenAsync();
        await new MailData().Domain(Own).Domain(Other).Domain(Alias, target: Own).Mailbox($"box@{Own}", $"{Own}/box").Mailbox($"box@{Other}", $"{Other}/box").WriteAsync(await TrialInstance.Shared);
        Assert.StartsWith("DKIM keys are sealed to ", await DoneAsync("dkim sealing-key"), StringComparison.Ordinal);
        Assert.Equal("600 root:root", (await AppliedServer.ShellAsync($"stat -c '%a %U:%G' {server.Directory}/sealing.key")).Trim());
        return this;
    }

    /// <summary>A key that signs from the next apply on.</summary>
    public async Task AddKeyAsync(string domain, string selector, string options = "", params string[] published)
    {
        await DoneAsync($"dkim generate {domain} --selector {selector} {options}");
        await PublishEverywhereAsync(domain, [.. published, selector]);
        await ActivateAsync(domain, selector);
    }

    public async Task PublishEverywhereAsync(string domain, params string[] selectors)
    {
        await PublishAsync(first, domain, selectors);
        await PublishAsync(second, domain, selectors);
    }

    /// <summary>The records of some keys, as the panel says them.</summary>
    public async Task PublishAsync(NameServer at, string domain, params string[] selectors)
    {
        var lines = (await DoneAsync($"dkim list {domain} --csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','));
        await at.WriteZoneAsync(domain, [first.Address, second.Address], [.. lines.Where(line => selectors.Contains(line[0])).Select(line => $"{line[4]}. TXT {Chunks(line[5].Trim('"', '\r'))}")]);
    }

    public async Task ActivateAsync(string domain, string selector)
    {
        var (status, output, errors) = await PanelAsync($"dkim check {domain} {selector}");
        Assert.True(status == 0, output + errors);
        await DoneAsync($"dkim activate {domain} {selector}");
    }

    /// <summary>What dkimpy says of each signature of a message that somebody has sent: nothing where it is not signed.</summary>
    /// <inheritdoc cref="SendAsync"/>
    public async Task<IReadOnlyList<string>> SignaturesAsync(string envelope, string header, string? signedIn = null) => await VerifiedAsync(await SendAsync(envelope, header, signedIn));

    /// <summary>Sends a message to the other's mailbox over submission.</summary>
    /// <param name="header">What stands in From.</param>
    /// <param name="signedIn">Null: box@ of the own domain.</param>
    /// <returns>The file in which it has arrived.</returns>
    public async Task<string> SendAsync(string envelope, string header, string? signedIn = null)
    {
        var instance = await TrialInstance.Shared;
        await using var smtp = await SmtpDialogue.OpenAsync(server.Submission);
        await smtp.StartTlsAsync(instance.CaFile);
        Assert.Equal(235, (await smtp.SignInAsync(signedIn ?? $"box@{Own}", MailData.Password)).Code);
        return await HandInAsync(smtp, envelope, header);
    }

    /// <summary>The same on port 25, where nobody signs in.</summary>
    public async Task<string> SendAsStrangerAsync(string envelope, string header)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(server.Smtp);
        return await HandInAsync(smtp, envelope, header);
    }

    /// <summary>What dkimpy says of each signature of a message: "DOMAIN SELECTOR pass".</summary>
    public async Task<IReadOnlyList<string>> VerifiedAsync(string file)
    {
        var said = await AppliedServer.ShellAsync($"/usr/bin/python3 {Path.Combine(TrialInstance.Repository, "tests/MailStack/verify-dkim.py")} {first.Address} <{file}");
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>One message after the other until it is told to end.</summary>
    /// <returns>What was said of each when it arrived.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> SendUntilAsync(CancellationToken ct)
    {
        var seen = new List<IReadOnlyList<string>>();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                seen.Add(await SignaturesAsync($"box@{Own}", $"box@{Own}"));
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                // Postfix or Dovecot read their files anew: a mail program tries again, and nothing was sent.
                await Task.Delay(100, CancellationToken.None);
            }
        }
        return seen;
    }

    public async Task<string> DoneAsync(string command)
    {
        var (status, output, errors) = await PanelAsync(command);
        Assert.True(status == 0, errors);
        return output;
    }

    /// <summary>Puts what the panel says in force.</summary>
    /// <param name="others">Settings of the host in place of those of this world.</param>
    public async Task ApplyAsync(string? others = null)
    {
        var (status, _, errors) = await PanelAsync("apply --replace", others);
        Assert.True(status == 0, errors);
    }

    public Task<(int Status, string Output, string Errors)> PanelAsync(string command, string? others = null) =>
        server.PanelAsync($"{command} --Dns:Resolver={first.Address} --Dns:TrustAnchor=none", others ?? settings);

    public async ValueTask DisposeAsync()
    {
        if (first is not null) await first.DisposeAsync();
        if (second is not null) await second.DisposeAsync();
    }

    private static string Chunks(string text) => string.Join(' ', text.Chunk(255).Select(chunk => $"\"{new string(chunk)}\""));

    private async Task<string> HandInAsync(SmtpDialogue smtp, string envelope, string header)
    {
        var mark = Guid.NewGuid().ToString("n");
        var reply = await smtp.SendAsync(envelope, $"box@{Other}", $"From: {header}\nTo: <box@{Other}>\nDate: Sat, 21 Nov 2026 12:00:00 +0000\nMessage-ID: <{mark}@{Own}>\nSubject: {mark}\n\nHello.\n");
        Assert.True(reply.Code == 250, $"{reply}");
        var file = "";
        await SpamFilter.AwaitAsync(async () => (file = (await TrialInstance.RunAsync("/bin/grep", ["-r", "-l", "--include=*", mark, Path.Combine(server.Directory, "mail", Other)])).Output.Split('\n').FirstOrDefault(path => path.Contains("/new/", StringComparison.Ordinal)) ?? "").Length > 0);
        return file;
    }
}
