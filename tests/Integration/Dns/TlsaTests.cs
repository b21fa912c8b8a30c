using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AdminPanel.Tests.Integration.Cli;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using AngleSharp.Dom;
using Xunit;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>What DNS says of the mail server's key, beside the key that port 25 shows; the digests are openssl's.</summary>
public sealed class TlsaTests : IAsyncLifetime
{
    private readonly TestAuthority authority = TestAuthority.Create();
    private readonly string directory = Directory.CreateTempSubdirectory("panel-tlsa-").FullName;
    private NameServer names = null!;

    [NameServerFact]
    public async Task A_record_is_wanted_in_a_signed_zone_and_compared_with_the_certificate_of_the_port()
    {
        using var certificate = authority.Issue("mx.host.example");
        await using var smtp = SmtpPort.Start("mx.host.example", certificate);
        var digest = await DigestAsync(certificate, "openssl x509 -pubkey -noout | openssl pkey -pubin -outform DER");
        await PublishAsync();
        await using var panel = await PanelAsync(smtp);
        var browser = await panel.SignedInAsync();
        Assert.Null(await TlsaAsync(browser, look: false));

        var record = await TlsaAsync(browser);
        Assert.Equal(["TLSA", "_25._tcp.mx", "_25._tcp.mx.host.example.", "3600", $"3 1 1 {digest}"], record!.QuerySelectorAll(".record-fields code").Select(c => c.TextContent));
        Assert.Equal(("optional", "missing"), (record.QuerySelector(".mark")!.TextContent, State(record)));
        Assert.Contains($"host.example.,_25._tcp.mx,_25._tcp.mx.host.example.,TLSA,3600,3 1 1 {digest},optional", (await browser.GetAsync("/export/dns/own.example?format=csv")).Text, StringComparison.Ordinal);

        await PublishAsync($"3 1 1 {new string('0', 64)}", $"3 1 1 {digest}");
        Assert.Equal("right", State(await TlsaAsync(browser)));
        await PublishAsync($"3 0 1 {await DigestAsync(certificate, "openssl x509 -outform DER")}");
        Assert.Equal("good", State(await TlsaAsync(browser)));
        Assert.DoesNotContain(",tlsa", await OpenAsync(panel, smtp), StringComparison.Ordinal);

        // Of a usage that counts for nothing in mail, and of another key: no mail from those who look.
        await PublishAsync($"1 1 1 {digest}", $"3 1 1 {new string('0', 64)}");
        Assert.Equal("wrong", State(await TlsaAsync(browser)));
        Assert.NotNull((await TlsaAsync(browser, look: false))!.QuerySelector(".state-bad"));
        Assert.Contains("different,tlsa", await OpenAsync(panel, smtp), StringComparison.Ordinal);
    }

    [NameServerFact]
    public async Task Nothing_is_wanted_where_nobody_signs_the_zone()
    {
        using var certificate = authority.Issue("mx.host.example");
        await using var smtp = SmtpPort.Start("mx.host.example", certificate);
        await PublishAsync();
        await names.WriteZoneAsync("host.example", [names.Address], "mx A 192.0.2.25");
        await File.WriteAllTextAsync(Anchor, await File.ReadAllTextAsync(Anchor) is var other ? other.Replace("host.example.", "other.example.", StringComparison.Ordinal) : "");
        await using var panel = await PanelAsync(smtp);

        Assert.Null(await TlsaAsync(await panel.SignedInAsync()));
    }

    /// <summary>Another mail server of this host, and one without TLS, are not the one that the records are of.</summary>
    [NameServerTheory]
    [InlineData("other.host.example", true)]
    [InlineData("mx.host.example", false)]
    public async Task Where_the_port_is_not_the_servers_own_its_file_is_read(string calledItself, bool hasTls)
    {
        using var shown = authority.Issue("mx.host.example");
        using var configured = authority.Issue("mx.host.example");
        await using var smtp = SmtpPort.Start(calledItself, hasTls ? shown : null);
        await PublishAsync();
        var file = Path.Combine(directory, "mail.pem");
        await using var panel = await PanelAsync(smtp, $"--MailServer:tls_certificate={file}");
        var browser = await panel.SignedInAsync();
        Assert.Null(await TlsaAsync(browser));

        await File.WriteAllTextAsync(file, configured.ExportCertificatePem() + "\n" + authority.Pem);

        Assert.Equal($"3 1 1 {await DigestAsync(configured, "openssl x509 -pubkey -noout | openssl pkey -pubin -outform DER")}", (await TlsaAsync(browser))!.QuerySelector(".record-value code")!.TextContent);
        // The authority that issued it.
        await PublishAsync($"2 1 1 {await DigestAsync(authority.Pem, "openssl x509 -pubkey -noout | openssl pkey -pubin -outform DER")}");
        Assert.Equal("good", State(await TlsaAsync(browser)));
    }

    public async Task InitializeAsync()
    {
        if (Requirement.NameServer.Repair is null) names = await NameServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (names is not null) await names.DisposeAsync();
        authority.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private string Anchor => Path.Combine(directory, "anchor");

    private string[] Settings(SmtpPort smtp) => ["--MailServer:host_name=mx.host.example", $"--MailServer:smtp_listen={smtp.Endpoint}", $"--Dns:Resolver={names.Address}", $"--Dns:TrustAnchor={Anchor}"];

    private async Task<Panel> PanelAsync(SmtpPort smtp, params string[] settings)
    {
        var panel = await Panel.StartAsync([.. Settings(smtp), .. settings]);
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        await panel.SqlAsync("INSERT INTO domains (name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at) VALUES ('own.example', 'hosted', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))");
        return panel;
    }

    /// <summary>The signed zone of the mail server, whose key is what the panel believes from then on.</summary>
    private async Task PublishAsync(params string[] values)
    {
        await File.WriteAllTextAsync(Anchor, await names.WriteSignedZoneAsync("host.example", [names.Address], isOver: false, ["mx A 192.0.2.25", .. values.Select(v => $"_25._tcp.mx TLSA {v}")]));
        await names.WriteZoneAsync("own.example", [names.Address], "@ MX 10 mx.host.example.");
    }

    private static async Task<IElement?> TlsaAsync(Browser browser, bool look = true)
    {
        if (look) await browser.SubmitAsync("/domains/own.example/dns");
        return (await browser.GetAsync("/domains/own.example/dns")).Page.QuerySelectorAll(".record").SingleOrDefault(r => r.QuerySelector("h3")!.ChildNodes[0].TextContent.Trim() == "TLSA");
    }

    private static string State(IElement? record) => record!.QuerySelector(".state")!.TextContent.Trim();

    /// <summary>What the shell says has to be mended: "verdict,purpose" of each.</summary>
    private async Task<string> OpenAsync(Panel panel, SmtpPort smtp)
    {
        var answer = await Shell.RunAsync(panel.Server.ConnectionString(panel.Database), ["dns", "check", "own.example", "--json", .. Settings(smtp)]);
        Assert.Equal(1, answer.Status);
        return string.Join('\n', answer.Json.GetProperty("records").EnumerateArray().Where(r => !r.GetProperty("isGood").GetBoolean()).Select(r => $"{r.GetProperty("verdict").GetString()},{r.GetProperty("record").GetProperty("purpose").GetString()}"));
    }

    private Task<string> DigestAsync(X509Certificate2 certificate, string selected) => DigestAsync(certificate.ExportCertificatePem(), selected);

    private async Task<string> DigestAsync(string pem, string selected)
    {
        var file = Path.Combine(directory, "selected.pem");
        await File.WriteAllTextAsync(file, pem);
        var (status, output, errors) = await TrialInstance.RunAsync("/bin/bash", ["-c", $"set -o pipefail; <{file} {selected} | sha256sum"]);
        Assert.True(status == 0, errors);
        return output.Split(' ')[0];
    }

    /// <summary>Port 25 of a mail server, as far as STARTTLS, on a loopback address that nobody else uses.</summary>
    private sealed class SmtpPort : IAsyncDisposable
    {
        private readonly TcpListener listener = new(NameServer.FreeAddress(), 25);
        private Task answering = Task.CompletedTask;

        public string Endpoint => listener.LocalEndpoint.ToString()!;

        /// <param name="certificate">Null: it has no TLS.</param>
        public static SmtpPort Start(string name, X509Certificate2? certificate)
        {
            var port = new SmtpPort();
            port.listener.Start();
            port.answering = port.AnswerAsync(name, certificate);
            return port;
        }

        public async ValueTask DisposeAsync()
        {
            listener.Dispose();
            await answering;
        }

        private async Task AnswerAsync(string name, X509Certificate2? certificate)
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await using var stream = client.GetStream();
                    using var reader = new StreamReader(stream, leaveOpen: true);
                    await SayAsync(stream, $"220 {name} ESMTP ready");
                    if (await reader.ReadLineAsync() is not { } hello) continue;

                    Assert.StartsWith("EHLO ", hello, StringComparison.Ordinal);
                    await SayAsync(stream, $"250-{name}\r\n250 {(certificate is null ? "PIPELINING" : "STARTTLS")}");
                    Assert.Equal("STARTTLS", await reader.ReadLineAsync());
                    await SayAsync(stream, certificate is null ? "502 5.5.1 no TLS here" : "220 2.0.0 go ahead");
                    if (certificate is null) continue;

                    await using var tls = new SslStream(stream, leaveInnerStreamOpen: true);
                    await tls.AuthenticateAsServerAsync(certificate);
                    await tls.CopyToAsync(Stream.Null);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private static async Task SayAsync(NetworkStream stream, string lines) => await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(lines + "\r\n"));
    }
}
