using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>Sieve scripts run at delivery, and what they send leaves through the port that this host alone may use.</summary>
public abstract class SieveTests<TStack>
    where TStack : IMailStack
{
    [StackFact]
    public async Task A_script_files_mail_and_redirects_it_to_another_host()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = "sorted@" + domain;
        await new MailData().Domain(domain).Mailbox(address, "sieve/sorted").WriteAsync(instance);
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        // The first delivery makes the home.
        Assert.Equal(250, (await smtp.SendAsync("friend@example.net", address, "Subject: first\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        await File.WriteAllTextAsync(Path.Combine(instance.MailRoot, "sieve/sorted/.dovecot.sieve"), $$"""
            require ["fileinto", "mailbox", "copy"];
            if header :contains "subject" "list" { fileinto :create "Lists"; }
            if header :contains "subject" "onward" { redirect :copy "onward@elsewhere.example.net"; }
            """);

        Assert.Equal(250, (await smtp.SendAsync("friend@example.net", address, "Subject: a list, and onward\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());

        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(address, MailData.Password));
        Assert.Equal(1, await imap.SelectAsync("Lists"));
        Assert.Equal(1, await imap.SelectAsync());
        Assert.Contains(instance.Sent("onward@elsewhere.example.net"), text => text.Contains("Subject: a list, and onward", StringComparison.Ordinal));
    }

    [StackFact]
    public async Task A_script_that_its_owner_uploads_runs_at_the_next_delivery()
    {
        var instance = await TStack.Instance;
        var domain = MailData.NewDomain();
        var address = "uploads@" + domain;
        await new MailData().Domain(domain).Mailbox(address, $"{domain}/uploads").WriteAsync(instance);

        Assert.True(await TextDialogue.UploadsScriptAsync(
            instance.ManageSieve, instance.CaFile, address, MailData.Password, "require [\"fileinto\", \"mailbox\"];\nfileinto :create \"Sorted\";\n"));

        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        Assert.Equal(250, (await smtp.SendAsync("friend@example.net", address, "Subject: sort me\n\nHello.\n")).Code);
        Assert.Equal("", await instance.SettledQueueAsync());
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        Assert.True(await imap.SignInAsync(address, MailData.Password));
        Assert.Equal(1, await imap.SelectAsync("Sorted"));
        Assert.Equal(0, await imap.SelectAsync());
    }

    [StackFact]
    public async Task Scripts_are_managed_after_tls_only()
    {
        var instance = await TStack.Instance;
        // From another address than the server's own: Dovecot takes a connection from itself for a safe one.
        using var client = new TcpClient(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        await client.ConnectAsync(IPEndPoint.Parse(instance.ManageSieve));
        await client.GetStream().WriteAsync("LOGOUT\r\n"u8.ToArray());
        using var reader = new StreamReader(client.GetStream());
        var offers = await reader.ReadToEndAsync();

        Assert.Contains("\"STARTTLS\"", offers, StringComparison.Ordinal);
        Assert.Contains("\"SASL\" \"\"", offers, StringComparison.Ordinal);
    }
}
