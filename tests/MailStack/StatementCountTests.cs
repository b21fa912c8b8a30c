using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>How often Postfix asks the database about one recipient: from the server's own log of statements, with fresh processes and a foreign sender.</summary>
public sealed class StatementCountTests
{
    [MailStackTheory]
    [InlineData("mailbox", 250, 4)]
    [InlineData("alias-domain", 250, 5)]
    [InlineData("catch-all", 250, 5)]
    [InlineData("unknown", 550, 5)]
    [InlineData("foreign", 554, 2)]
    public async Task One_recipient_costs_few_statements(string what, int answer, int most)
    {
        var instance = await TrialInstance.Shared;
        var domain = MailData.NewDomain();
        await new MailData().Domain(domain).Domain("alias-" + domain, target: domain).Domain("caught-" + domain)
            .Mailbox("box@" + domain, domain)
            .Alias("@caught-" + domain, ["box@" + domain])
            .WriteAsync(instance);
        var recipient = what switch
        {
            "mailbox" => "box@" + domain,
            "alias-domain" => "box@alias-" + domain,
            "catch-all" => "anything@caught-" + domain,
            "unknown" => "nobody@" + domain,
            _ => "somebody@elsewhere-" + domain,
        };
        // Another test's group may still be on its way to its thousand members.
        await instance.SettledQueueAsync();
        // No process has an answer left over from another test.
        await instance.RunDaemonsAsync("/usr/sbin/postfix", ["-c", Path.Combine(instance.Config, "postfix"), "reload"]);
        // Closed after the log: what cleanup(8) asks about a message that ends there is not what the recipient costs.
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);

        var statements = (await instance.ListenAsync("adminpanel_postfix", async () =>
        {
            await smtp.FromAsync($"sender@from-{domain}");
            Assert.Equal(answer, (await smtp.ToAsync(recipient)).Code);
        })).Where(s => s.Contains(domain, StringComparison.Ordinal)).ToList();

        // Relay domains are served here: an address more costs one statement more, of a table that is not asked otherwise.
        var (transports, others) = (statements.Where(IsTransport).ToList(), statements.Where(s => !IsTransport(s)).ToList());
        Assert.True(others.Count > 0 && others.Count <= most, string.Join('\n', others));
        Assert.True(transports.Count <= 2, string.Join('\n', transports));
    }

    private static bool IsTransport(string statement) => statement.Contains("transport_host", StringComparison.Ordinal);
}
