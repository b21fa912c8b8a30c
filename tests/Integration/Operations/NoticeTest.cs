using System.Globalization;
using System.Text.RegularExpressions;
using AdminPanel.Data;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.SelfService;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Domains that greet, new mailboxes in them, and what hands the messages in.</summary>
public abstract class NoticeTest(OperationsDatabase database) : OperationsTest(database)
{
    protected const string Bob = "bob@example.org";

    protected async Task GreetingDomainAsync(string name, string? text = null) =>
        Done(await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = name, WelcomeLanguage = "en", WelcomeText = text }, Superadmin, default)));

    protected async Task CreateAsync(string address, string? name = null)
    {
        var parts = address.Split('@');
        Done(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
            new() { LocalPart = parts[0], DomainName = parts[1], DisplayName = name, Password = Password }, Superadmin, default)));
    }

    private protected Task<DueStep> StepAsync(PostOffice post) => StepAsync(post.Port);

    protected async Task<DueStep> StepAsync(int port)
    {
        await using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("MailServer:internal_smtp_listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")), new("MailServer:host_name", "mail.example.org")]).Build();
        return await RunAsync<IServiceProvider, DueStep>(scope =>
        {
            var db = scope.GetRequiredService<AdminDb>();
            var letters = new NoticeLetters(db, scope.GetRequiredService<MailLinks>(), scope.GetRequiredService<PanelSettings>(), services.GetRequiredService<IStringLocalizer<NoticesText>>());
            return new SendNotice(db, new ServerSettings(db, configuration), letters, services.GetRequiredService<ILogger<SendNotice>>()).RunAsync(default);
        });
    }

    protected static (Dictionary<string, string> Headers, string Body) Split(string message)
    {
        var end = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        // RFC 5322 section 2.2.3: a line that begins with a space goes on with the one before.
        var unfolded = Regex.Replace(message[..end], "\r\n(?=[ \t])", "");
        return (unfolded.Split("\r\n").Select(l => l.Split(": ", 2)).ToDictionary(l => l[0], l => l[1], StringComparer.Ordinal), message[(end + 4)..]);
    }
}
