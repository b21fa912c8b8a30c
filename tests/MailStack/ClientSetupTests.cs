using System.Xml.Linq;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>A mail program that knows an address and a password asks the panel, and signs in with exactly what it is told.</summary>
public abstract class ClientSetupTests<TStack>
    where TStack : IMailStack
{
    [StackFact]
    public async Task What_Thunderbird_is_told_signs_in()
    {
        var instance = await TStack.Instance;
        var address = await MailboxAsync(instance);
        var file = XDocument.Parse(await AskAsync(instance, new HttpRequestMessage(HttpMethod.Get, "/mail/config-v1.1.xml?emailaddress=" + address), $"autoconfig.{address.Split('@')[1]}"));

        var servers = file.Descendants().Where(e => e.Name.LocalName is "incomingServer" or "outgoingServer").ToList();
        Assert.Equal(["imap SSL", "pop3 SSL", "smtp SSL", "smtp STARTTLS"], servers.Select(s => $"{s.Attribute("type")!.Value} {s.Element("socketType")!.Value}"));
        foreach (var server in servers)
        {
            var user = server.Element("username")!.Value.Replace("%EMAILADDRESS%", address, StringComparison.Ordinal);
            Assert.True(await SignsInAsync(instance, server.Attribute("type")!.Value, server.Element("port")!.Value, server.Element("socketType")!.Value, user), server.ToString());
        }
    }

    [StackFact]
    public async Task What_Outlook_is_told_signs_in()
    {
        var instance = await TStack.Instance;
        var address = await MailboxAsync(instance);
        using var question = new StringContent($"<Autodiscover><Request><EMailAddress>{address}</EMailAddress></Request></Autodiscover>");
        var answer = XDocument.Parse(await AskAsync(instance, new HttpRequestMessage(HttpMethod.Post, "/AutoDiscover/AutoDiscover.XML") { Content = question }, $"autodiscover.{address.Split('@')[1]}"));

        var protocols = answer.Descendants().Where(e => e.Name.LocalName == "Protocol").ToList();
        Assert.Equal(["IMAP", "POP3", "SMTP"], protocols.Select(p => Of(p, "Type")));
        foreach (var protocol in protocols)
            Assert.True(await SignsInAsync(instance, Of(protocol, "Type").ToLowerInvariant(), Of(protocol, "Port"), Of(protocol, "Encryption") == "TLS" ? "STARTTLS" : "SSL", Of(protocol, "LoginName")), protocol.ToString());
    }

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
