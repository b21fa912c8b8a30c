using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AdminPanel.Tests.Support;
using AdminPanel.Tests.Support.ClientFormats;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// A mail program that knows an address and a password asks the panel, and signs in with exactly what it is told; a
/// device that has a link knows not even these.
/// </summary>
public abstract partial class ClientSetupTests<TStack>
    where TStack : IMailStack
{
    [StackFact]
    public async Task What_Thunderbird_is_told_signs_in()
    {
        var instance = await TStack.Instance;
        var address = await MailboxAsync(instance);
        var file = ClientSchemas.Parse(await AskAsync(instance, new HttpRequestMessage(HttpMethod.Get, "/mail/config-v1.1.xml?emailaddress=" + address), $"autoconfig.{address.Split('@')[1]}"));

        var servers = file.Descendants().Where(e => e.Name.LocalName is "incomingServer" or "outgoingServer").ToList();
        Assert.Equal(["imap SSL", "pop3 SSL", "smtp SSL", "smtp STARTTLS"], servers.Select(s => $"{s.Attribute("type")!.Value} {s.Element("socketType")!.Value}"));
        foreach (var server in servers)
        {
            var user = server.Element("username")!.Value.Replace("%EMAILADDRESS%", address, StringComparison.Ordinal);
            Assert.Equal(await HostNameAsync(instance), server.Element("hostname")!.Value);
            Assert.True(await SignsInAsync(instance, server.Attribute("type")!.Value, server.Element("port")!.Value, server.Element("socketType")!.Value, user), server.ToString());
        }
    }

    [StackFact]
    public async Task What_Outlook_is_told_signs_in()
    {
        var instance = await TStack.Instance;
        var address = await MailboxAsync(instance);
        using var question = new StringContent($"<Autodiscover><Request><EMailAddress>{address}</EMailAddress></Request></Autodiscover>");
        var answer = ClientSchemas.Parse(await AskAsync(instance, new HttpRequestMessage(HttpMethod.Post, "/AutoDiscover/AutoDiscover.XML") { Content = question }, $"autodiscover.{address.Split('@')[1]}"));

        var hostName = await HostNameAsync(instance);
        var protocols = answer.Descendants().Where(e => e.Name.LocalName == "Protocol").ToList();
        Assert.Equal(["IMAP", "POP3", "SMTP"], protocols.Select(p => Of(p, "Type")));
        Assert.All(protocols, p => Assert.Equal(hostName, Of(p, "Server")));
        foreach (var protocol in protocols)
            Assert.True(await SignsInAsync(instance, Of(protocol, "Type").ToLowerInvariant(), Of(protocol, "Port"), Of(protocol, "Encryption") == "TLS" ? "STARTTLS" : "SSL", Of(protocol, "LoginName")), protocol.ToString());
    }

    /// <summary>With nothing but the link: the profile has the password, too, and a message goes through and comes back.</summary>
    [StackFact]
    public async Task What_a_device_is_given_signs_in_and_sends()
    {
        var instance = await TStack.Instance;
        var address = await MailboxAsync(instance);
        using var owner = new PanelVisitor(instance.Panel);
        await owner.SubmitAsync("/sign-in", ("Input.Login", address), ("Input.Password", MailData.Password));
        var page = await owner.SubmitAsync("/me/devices/apple", ("Input.CurrentPassword", MailData.Password));
        var link = new Uri(WebUtility.HtmlDecode(Link().Match(page).Value)).PathAndQuery;
        using var device = new PanelVisitor(instance.Panel);

        var profile = MailProfile.Parse(await device.SubmitAsync(link));

        Assert.Equal(HttpStatusCode.NotFound, (await device.OpenAsync(link)).Status);
        var (incoming, outgoing, host) = (profile.Incoming, profile.Outgoing, await HostNameAsync(instance));
        Assert.Equal((host, true, host, true), (incoming.Host, incoming.UsesTls, outgoing.Host, outgoing.UsesTls));
        Assert.NotEqual(MailData.Password, incoming.Password);
        await using var smtp = await SmtpDialogue.OpenAsync($"127.0.0.1:{outgoing.Port}", instance.CaFile);
        Assert.Equal(235, (await smtp.SignInAsync(outgoing.UserName, outgoing.Password!)).Code);
        Assert.Equal(250, (await smtp.SendAsync(profile.Address, profile.Address, "Subject: from my phone\n\nHello.\n")).Code);
        await using var imap = await ImapDialogue.OpenAsync($"127.0.0.1:{incoming.Port}", instance.CaFile);
        Assert.True(await imap.SignInAsync(incoming.UserName, incoming.Password!));
        await Eventually.TrueAsync(async () => await imap.SelectAsync() == 1);
        Assert.Contains("Subject: from my phone", await imap.ReadAsync(1), StringComparison.Ordinal);
        // No more than the profile speaks, and nothing once its owner has ended it.
        Assert.Equal("imap smtp", await instance.OpenDoorsAsync(address, incoming.Password));
        var name = await instance.ExecuteAsync($"SELECT p.name FROM app_passwords p JOIN mailboxes m ON m.id = p.mailbox_id JOIN addresses a ON a.id = m.address_id WHERE a.address = '{address}'");
        var (status, _, errors) = await instance.PanelAsync(["mailbox", "app-password", "revoke", address, name.Trim()]);
        Assert.True(status == 0, errors);
        Assert.Equal("", await instance.OpenDoorsAsync(address, incoming.Password));
    }

    /// <summary>What the mail server calls itself.</summary>
    private static async Task<string> HostNameAsync(TrialInstance instance) =>
        (await File.ReadAllLinesAsync(Path.Combine(instance.Config, "postfix/main.cf"))).Single(l => l.StartsWith("myhostname = ", StringComparison.Ordinal))["myhostname = ".Length..];

    [GeneratedRegex(@"http://localhost:\d+/device\?link=[^""<\s]+")]
    private static partial Regex Link();

    private static string Of(XElement protocol, string name) => protocol.Elements().Single(e => e.Name.LocalName == name).Value;

    private static async Task<string> MailboxAsync(TrialInstance instance)
    {
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Mailbox($"box@{domain}", $"{domain}/box").WriteAsync(instance);
        return $"box@{domain}";
    }

    /// <summary>As a program asks that was told nothing but the address: its name servers lead it to the panel.</summary>
    private static async Task<string> AskAsync(TrialInstance instance, HttpRequestMessage request, string host)
    {
        using var client = new HttpClient { BaseAddress = new Uri(instance.Panel) };
        request.Headers.Host = host;
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        return text;
    }

    private static async Task<bool> SignsInAsync(TrialInstance instance, string protocol, string port, string socket, string user)
    {
        var endpoint = $"127.0.0.1:{port}";
        if (protocol == "imap")
        {
            await using var imap = await ImapDialogue.OpenAsync(endpoint, instance.CaFile);
            return await imap.SignInAsync(user, MailData.Password);
        }
        if (protocol == "pop3") return await TextDialogue.SignsInOverPop3Async(endpoint, instance.CaFile, user, MailData.Password);

        await using var smtp = await SmtpDialogue.OpenAsync(endpoint, socket == "SSL" ? instance.CaFile : null);
        if (socket == "STARTTLS") await smtp.StartTlsAsync(instance.CaFile);
        return (await smtp.SignInAsync(user, MailData.Password)).Code == 235;
    }
}
