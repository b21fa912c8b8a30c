using System.CommandLine;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>`admin setup-link`: on stdout the link and nothing else.</summary>
internal static class SetupCommands
{
    public static Command SetupLink(string[] settings)
    {
        var link = new Command("setup-link", "Make the one-time link that creates the first superadmin. A link made before stops working.");
        link.Runs(settings, RunAsync, _ => "admin list");
        return link;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var baseUrl = PanelSettings.Read(session.Get<IConfiguration>()).Url;
        var outcome = await session.Get<IssueSetupLink>().RunAsync(session.Actor, ct);
        return session.Answer(outcome, "setup link", link => session.Output.Done(new { Url = link.Url(baseUrl), link.ExpiresAt }, printed => printed.Url));
    }
}
