using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Audit.Seals;
using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Domains.Templates;
using AdminPanel.Web.Features.Explain;
using AdminPanel.Web.Features.Import;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.MailServer.Apply;
using AdminPanel.Web.Features.MailServer.Settings;
using AdminPanel.Web.Features.Outbox;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.RelayDomains;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.Sessions;

namespace AdminPanel.Web.Features.Cli;

/// <summary>`adminpanel VERB`: the verbs, and what a shell is told when one of them cannot do its work.</summary>
public static class CommandLine
{
    /// <summary>After a signal a verb may take so long to put back what it was about to change.</summary>
    private static readonly TimeSpan TakingBack = TimeSpan.FromSeconds(90);

    /// <returns>One of <see cref="ExitStatus"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // Without a verb it serves, with all arguments as settings: so does a service unit, and so do tests of the web host.
        if (args.Length == 0 || (args[0].StartsWith("--", StringComparison.Ordinal) && !IsRootOption(args[0]))) return await PanelHost.RunAsync(args);
        if (args[0] == "serve" && !args.Skip(1).Any(IsRootOption)) return await PanelHost.RunAsync(args[1..]);

        // One language for scripts and people: the verbs' own words are English, whatever the shell's locale.
        CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        var settings = args.Where(IsSetting).ToArray();
        // "@example.org" is a catch-all, not a file of arguments.
        var parsed = Root(settings).Parse(args.Where(a => !IsSetting(a)).ToArray(), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
            await Console.Error.WriteLineAsync($"Run adminpanel {Verb.Path(parsed.CommandResult)}--help to see how.");
            return ExitStatus.Usage;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TakingBack });
    }

    // No RootCommand: that one calls itself by the name of the assembly.
    private static Command Root(string[] settings)
    {
        var root = new Command("adminpanel", "Web admin panel for Postfix and Dovecot. Settings may stand anywhere as --Section:Key=value.")
        {
            new Command("serve", "Serve the panel until a signal ends it. This is what happens without a verb, too."),
            DatabaseCommands.Create(settings),
            AdminCommands.Create(settings),
            DomainCommands.Create(settings),
            TemplateCommands.Create(settings),
            MailboxCommands.Create(settings),
            AliasCommands.Create(settings),
            AliasDomainCommands.Create(settings),
            RelayDomainCommands.Create(settings),
            DkimCommands.Create(settings),
            DnsCommands.Create(settings),
            ExplainCommand.Create(settings),
            ImportCommands.Create(settings),
            JobCommands.Create(settings),
            RecycleBinCommands.Create(settings),
            PurgeCommands.Create(settings),
            AuditCommands.Create(settings),
            SettingsCommands.Create(settings),
            MailServerCommands.Create(settings),
            MailServerCommands.CreateVerify(settings),
            SessionCommands.Create(settings),
            ApplyCommands.Create(settings),
            ApplyCommands.CreateDrift(settings),
            OutboxCommands.Create(),
        };
        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        root.Options.Add(Verb.Json);
        root.Options.Add(Verb.Csv);
        return root;
    }

    private static bool IsRootOption(string arg) => arg is "--help" or "-h" or "-?" or "--version";

    // --ConnectionStrings:Panel=...: a colon before the equals sign, which no option of ours has.
    private static bool IsSetting(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && arg.IndexOf(':', StringComparison.Ordinal) is > 2 and var colon
        && arg.IndexOf('=', StringComparison.Ordinal) is var equals && equals > colon;
}
