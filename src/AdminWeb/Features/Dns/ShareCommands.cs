using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.AspNetCore.DataProtection;

namespace AdminPanel.Web.Features.Dns;

/// <summary>`dns share|unshare`.</summary>
internal static class ShareCommands
{
    private static readonly Option<int> Days = new("--days") { Description = "How long the link works.", DefaultValueFactory = _ => 7 };

    public static Command Share(string[] settings, Argument<string> domain, Option<string?> zone)
    {
        Days.AcceptOnlyFromAmong([.. ShareDns.Days.Select(d => d.ToString(CultureInfo.InvariantCulture))]);
        var share = new Command("share", "Print a link that shows a domain's DNS records to whoever has it, without an account. Needs the panel's key file (Panel:KeyFile).") { domain, Days, zone };
        share.Runs(settings, (session, parsed, ct) => ShareAsync(session, parsed.GetValue(domain)!, parsed.GetValue(Days), parsed.GetValue(zone), ct));
        return share;
    }

    public static Command Unshare(string[] settings, Argument<string> domain)
    {
        var unshare = new Command("unshare", "End every link to a domain's DNS records, whoever made it.") { domain };
        unshare.Runs(settings, (session, parsed, ct) => EndAsync(session, parsed.GetValue(domain)!, ct), parsed => $"dns unshare {parsed.GetValue(domain)}");
        return unshare;
    }

    private static async Task<int> ShareAsync(Session session, string text, int days, string? zone, CancellationToken ct)
    {
        if (!DomainName.TryParse(text, out var name) || await session.Get<DnsRows>().FindAsync(name, zone, session.Actor, ct) is not { } plan) return session.NotFound($"domain {text}");

        var panel = PanelSettings.Read(session.Get<IConfiguration>());
        // The panel makes the file where it is missing; a link that is sealed with another one opens nowhere.
        if (!File.Exists(panel.KeyFile)) return session.Output.Failed(ExitStatus.Refused, $"There is no key file {panel.KeyFile} (Panel:KeyFile) that this account can see: run this as the panel's account, or name its file.");

        await using var keys = new ServiceCollection().AddSingleton(session.Get<DbDataSource>()).AddSingleton(session.Get<TimeProvider>()).AddLogging().AddKeyRing(KeyFile.Open(panel.KeyFile)).BuildServiceProvider();
        var links = new ShareLink(keys.GetRequiredService<IDataProtectionProvider>(), panel);
        var outcome = await session.Get<ShareDns>().RunAsync(new() { Domain = name, Zone = plan.ZoneChosen, Days = days }, session.Actor, ct);
        return session.Answer(outcome, $"domain {text}", made => session.Output.Done(new { Domain = name, Link = links.Of(made), made.ExpiresAt }, m => m.Link));
    }

    private static async Task<int> EndAsync(Session session, string text, CancellationToken ct)
    {
        if (!DomainName.TryParse(text, out var name)) return session.NotFound($"domain {text}");

        var outcome = await session.Get<EndDnsShares>().RunAsync(name, session.Actor, ct);
        return session.Answer(outcome, $"domain {text}", saved => session.Output.Done(saved, s => $"Links to the DNS records of {s.Name} show nothing any more."));
    }
}
