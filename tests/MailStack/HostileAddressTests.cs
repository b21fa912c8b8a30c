using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// One anonymous RCPT must not stop the mail of everybody: an error in a lookup makes Postfix rest that table for a
/// minute, through proxymap for all clients. The bad client sends each address while the good one sends a message to its
/// own recipient in a new session every time: a whole one, since Postfix lets a client wait a second for each message
/// that is begun once a hundred were begun and left (in_flow_delay, postconf(5)).
/// </summary>
public abstract class HostileAddressTests<TStack>
    where TStack : IMailStack
{
    private const string Domain = "hostile.example";

    // What stands between MAIL FROM:< or RCPT TO:< and >, as octets (Latin-1).
    private static readonly string[] Addresses =
    [
        Octets("имя@" + Domain),
        Octets("名前@" + Domain),
        Octets("😀@" + Domain),
        Octets("box@почта." + Domain),
        Octets("straße@" + Domain),
        "\u00ff\u00fe@" + Domain,
        "\u00c3@" + Domain,
        "\u00c0\u00af@" + Domain,
        "box@\u00ff." + Domain,
        "\u00ed\u00a0\u0080@" + Domain,
        "o'box@" + Domain,
        "\"quo ted\"@" + Domain,
        "\"a\\\"b\"@" + Domain,
        "\"a\\\\b\"@" + Domain,
        "a\\b@" + Domain,
        "' OR 1=1 -- @" + Domain,
        "\"' OR 1=1 -- \"@" + Domain,
        "x'/*@" + Domain,
        "100%@" + Domain,
        "%s%u%d%1@" + Domain,
        "a%example.net@" + Domain,
        new string('x', 300) + "@" + Domain,
        new string('x', 64) + "@" + string.Join('.', Enumerable.Repeat(new string('y', 60), 4)) + ".example",
        "box@" + new string('z', 1500),
        "@" + Domain,
        "\"\"@" + Domain,
        "+@" + Domain,
        "+ext@" + Domain,
        "box@@" + Domain,
        "box@" + Domain + "@" + Domain,
        "box @" + Domain,
        "\"box \"@" + Domain,
        "box\u0000@" + Domain,
        "box@" + Domain + ".",
        "`id`@" + Domain,
        "{}${x}@" + Domain,
        "*@" + Domain,
        "_ox@" + Domain,
    ];

    [StackFact]
    public async Task Hostile_addresses_leave_a_good_recipient_of_another_client_accepted()
    {
        var instance = await TStack.Instance;
        await new MailData().Domain(Domain).Mailbox("box@" + Domain, "hostile/box")
            .Domain("hostile-caught.example").Alias("@hostile-caught.example", ["box@" + Domain])
            .Domain("hostile-alias.example", target: "hostile-caught.example")
            .WriteAsync(instance);
        Assert.True(Addresses.Length > 13);

        foreach (var address in Addresses)
        {
            foreach (var domain in (string[])[Domain, "hostile-caught.example", "hostile-alias.example"])
            {
                await SayBadlyAsync(instance, address.Replace(Domain, domain, StringComparison.Ordinal));
                Assert.Equal(250, (await SendGoodAsync(instance)).Code);
            }
        }
        await instance.AssertNoQueryFailedAsync();
    }

    private static async Task SayBadlyAsync(TrialInstance instance, string address)
    {
        foreach (var extension in (string[])["", " SMTPUTF8"])
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            var sender = await smtp.SayAsync($"MAIL FROM:<{address}>{extension}");
            // A temporary refusal is what a broken lookup looks like; "later" is never the answer to an address.
            Assert.NotInRange(sender.Code, 400, 499);
            if (!sender.IsPositive) await smtp.SayAsync("MAIL FROM:<somebody@example.net>");

            Assert.NotInRange((await smtp.SayAsync($"RCPT TO:<{address}>")).Code, 400, 499);
        }
    }

    private static async Task<SmtpReply> SendGoodAsync(TrialInstance instance)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        return await smtp.SendAsync("somebody@example.net", "box@" + Domain, "Subject: good\n\nHello.\n");
    }

    private static string Octets(string text) => System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
