using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>The recipient delimiter that is chosen is the one that both daemons cut at, and no other. On an instance of its own: a mailbox of another test could have it in its name.</summary>
public abstract class RecipientDelimiterTests<TStack>
    where TStack : IMailStack
{
    private const string Domain = "delimiter.example";

    [StackTheory]
    [InlineData("-")]
    [InlineData("none")]
    [InlineData("+")]
    public async Task Mail_for_an_extension_reaches_its_mailbox_and_another_sign_separates_nothing(string delimiter)
    {
        var instance = await TStack.OwnInstance;
        await WorldAsync(instance);
        Assert.Equal((0, ""), Said(await instance.PanelAsync(["settings", "set", $"recipient_delimiter={delimiter}"])));
        await PutInForceAsync(instance);

        foreach (var sign in (string[])["+", "-", "_"])
        {
            var subject = $"{delimiter} {sign}";
            var expected = sign == delimiter ? 250 : 550;
            foreach (var address in (string[])[$"office{sign}orders{sign}x@{Domain}", $"office{sign}orders@also.{Domain}"])
            {
                await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
                Assert.Equal((address, expected), (address, (await smtp.SendAsync("somebody@example.net", address, $"Subject: {subject}\nTo: {address}\n\nhello\n")).Code));
            }
            Assert.Equal((sign, expected == 250 ? 250 : 553), (sign, await SendAsAsync(instance, $"office{sign}orders@{Domain}")));
            Assert.Equal("", await instance.SettledQueueAsync());
            Assert.Equal((sign, expected == 250 ? 2 : 0), (sign, instance.Delivered("delimiter/office").Count(text => text.Contains($"Subject: {subject}\n", StringComparison.Ordinal))));
        }
        // An alias with the sign in its name is its own, whatever separates.
        await using var other = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await other.SendAsync("somebody@example.net", $"sales-team@{Domain}", $"Subject: team {delimiter}\n\nhello\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        Assert.Single(instance.Delivered("delimiter/team"), text => text.Contains($"Subject: team {delimiter}\n", StringComparison.Ordinal));
        if (TStack.Versions.Dovecot == "2.3") Assert.Equal((0, ""), Said(await instance.PanelAsync(["verify"])));
        await instance.AssertNoQueryFailedAsync();
    }

    // What the setting changes: who may read those files stays as it is.
    private static async Task PutInForceAsync(TrialInstance instance)
    {
        var rendered = Path.Combine(instance.Directory, "chosen");
        Assert.Equal((0, ""), Said(await instance.PanelAsync(["render", "--out", rendered, "--dovecot", TStack.Versions.Dovecot, "--postfix", TStack.Versions.Postfix])));
        foreach (var file in (string[])["dovecot/dovecot.conf", .. Directory.GetFiles(Path.Combine(rendered, "postfix/sql")).Select(path => Path.GetRelativePath(rendered, path))])
            await File.WriteAllBytesAsync(Path.Combine(instance.Config, file), await File.ReadAllBytesAsync(Path.Combine(rendered, file)));
        Assert.Equal(0, (await instance.RunDaemonsAsync("/usr/sbin/postfix", ["-c", Path.Combine(instance.Config, "postfix"), "reload"])).Status);
        Assert.Equal(0, (await instance.RunDaemonsAsync("/usr/bin/doveadm", ["-c", Path.Combine(instance.Config, "dovecot/dovecot.conf"), "reload"])).Status);
    }

    private static async Task<int> SendAsAsync(TrialInstance instance, string sender)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Submission);
        await smtp.StartTlsAsync(instance.CaFile);
        Assert.Equal(235, (await smtp.SignInAsync($"office@{Domain}", MailData.Password)).Code);
        await smtp.FromAsync(sender);
        return (await smtp.ToAsync($"office@{Domain}")).Code;
    }

    private static async Task WorldAsync(TrialInstance instance)
    {
        if ((await instance.ExecuteAsync($"SELECT id FROM domains WHERE name = '{Domain}'")).Length > 0) return;

        await new MailData().Domain(Domain).Domain($"also.{Domain}", target: Domain)
            .Mailbox($"office@{Domain}", "delimiter/office").Mailbox($"team@{Domain}", "delimiter/team").Mailbox($"sales@{Domain}", "delimiter/sales")
            .Alias($"sales-team@{Domain}", [$"team@{Domain}"]).WriteAsync(instance);
    }

    private static (int, string) Said((int Status, string Output, string Errors) answer) => (answer.Status, answer.Errors);
}
