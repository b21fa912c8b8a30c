using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>
/// The way of a message, over the network, as strangers and people go it: in on port 25 and over submission with
/// STARTTLS and a sign-in, out again over IMAP.
/// </summary>
internal sealed class SmokeTest(MailServerSettings settings, X509Certificate2 certificate, ProbeMailbox probe)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string mark = Guid.NewGuid().ToString("n");

    private int tag;

    /// <returns>What was seen working.</returns>
    /// <exception cref="ApplyFailedException">A step was not answered as it should be.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        var step = "smtp";
        try
        {
            await SendAsync(settings.Smtp, isPerson: false, limit.Token);
            step = "submission";
            await SendAsync(settings.Submission, isPerson: true, limit.Token);
            step = "imaps";
            await ReceiveAsync(2, limit.Token);
            return ["smtp: STARTTLS, a message taken", "submission: STARTTLS, sign-in, a message taken", "imaps: sign-in, both messages there"];
        }
        catch (Exception e) when (e is (IOException and not ApplyFailedException) or SocketException)
        {
            throw new ApplyFailedException(step, e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new ApplyFailedException(step, string.Create(CultureInfo.InvariantCulture, $"no end within {Patience.TotalSeconds:0} seconds"));
        }
    }

    private async Task SendAsync(Endpoint server, bool isPerson, CancellationToken ct)
    {
        await using var smtp = await LineDialogue.OpenAsync(Listening.AddressOf(server), ct);
        await ExpectAsync(smtp, null, 220, ct);
        await ExpectAsync(smtp, "EHLO localhost", 250, ct);
        await ExpectAsync(smtp, "STARTTLS", 220, ct);
        await smtp.StartTlsAsync(certificate, ct);
        await ExpectAsync(smtp, "EHLO localhost", 250, ct);
        if (isPerson) await ExpectAsync(smtp, "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{probe.Address}\0{probe.Password}")), 235, ct, "AUTH");
        await ExpectAsync(smtp, $"MAIL FROM:<{probe.Address}>", 250, ct);
        await ExpectAsync(smtp, $"RCPT TO:<{probe.Address}>", 250, ct);
        await ExpectAsync(smtp, "DATA", 354, ct);
        var now = DateTimeOffset.UtcNow.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
        await ExpectAsync(
            smtp,
            $"From: <{probe.Address}>\r\nTo: <{probe.Address}>\r\nDate: {now}\r\nSubject: Trial of a new configuration\r\nMessage-ID: <{mark}.{(isPerson ? 1 : 0)}@{probe.Domain}>\r\n\r\n{mark}\r\n.", 250, ct, "the message");
        await smtp.SayAsync("QUIT", ct);
    }

    private static async Task ExpectAsync(LineDialogue smtp, string? command, int code, CancellationToken ct, string? what = null)
    {
        if (command is not null) await smtp.SayAsync(command, ct);
        var line = await smtp.ReadLineAsync(ct);
        while (line.Length > 3 && line[3] == '-') line = await smtp.ReadLineAsync(ct);
        // Without what a command was: one of them holds the password.
        if (!line.StartsWith(code.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)) throw new IOException($"{what ?? command ?? "the greeting"} is answered {line}");
    }

    private async Task ReceiveAsync(int count, CancellationToken ct)
    {
        await using var imap = await LineDialogue.OpenAsync(Listening.AddressOf(settings.Imaps), ct);
        await imap.StartTlsAsync(certificate, ct);
        await imap.ReadLineAsync(ct);
        await SayAsync(imap, $"LOGIN {probe.Address} {probe.Password}", "LOGIN", ct);
        for (var waited = Stopwatch.GetTimestamp(); ; await Task.Delay(100, ct))
        {
            await SayAsync(imap, "SELECT INBOX", "SELECT", ct);
            var found = (await SayAsync(imap, $"SEARCH BODY {mark}", "SEARCH", ct)).Where(line => line.StartsWith("* SEARCH", StringComparison.Ordinal)).Sum(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length - 2);
            if (found >= count) break;
            if (Stopwatch.GetElapsedTime(waited) > Patience / 2) throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{found} of {count} messages have arrived"));
        }
        // Nothing of it is left but the empty folders.
        await SayAsync(imap, "STORE 1:* +FLAGS (\\Deleted)", "STORE", ct);
        await SayAsync(imap, "EXPUNGE", "EXPUNGE", ct);
        await SayAsync(imap, "LOGOUT", "LOGOUT", ct);
    }

    private async Task<List<string>> SayAsync(LineDialogue imap, string command, string what, CancellationToken ct)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"a{++tag}");
        await imap.SayAsync($"{name} {command}", ct);
        var lines = new List<string>();
        while (true)
        {
            var line = await imap.ReadLineAsync(ct);
            if (!line.StartsWith(name + " ", StringComparison.Ordinal)) lines.Add(line);
            else return line.StartsWith(name + " OK", StringComparison.Ordinal) ? lines : throw new IOException($"{what} is answered {line[(name.Length + 1)..]}");
        }
    }
}
