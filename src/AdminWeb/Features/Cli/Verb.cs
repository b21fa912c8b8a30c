using System.CommandLine;
using System.CommandLine.Parsing;
using AdminPanel.Data.Access;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.Logging;
using Serilog;

namespace AdminPanel.Web.Features.Cli;

/// <summary>Runs a verb with the panel's services but no web server, and turns what fails outside into a sentence and an exit status.</summary>
internal static class Verb
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on stdout, and nothing else there.", Recursive = true };

    public static readonly Option<bool> Csv = new("--csv") { Description = "Print a list as CSV; verbs that list nothing ignore it.", Recursive = true };

    /// <param name="settings">Settings that stood among the arguments.</param>
    /// <param name="tells">Says how it ended when the connection was lost at the commit: the arguments of an adminpanel command; null for a verb that writes nothing.</param>
    public static void Runs(
        this Command command, string[] settings, Func<Session, ParseResult, CancellationToken, Task<int>> run, Func<ParseResult, string>? tells = null) =>
        command.SetAction((parsed, ct) => RunAsync(settings, run, tells, parsed, ct));

    /// <summary>"mailbox add " for the command that was meant.</summary>
    public static string Path(CommandResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = command; at is CommandResult { Parent: not null } result; at = at.Parent) names.Push(result.Command.Name);
        return string.Concat(names.Select(n => n + " "));
    }

    private static async Task<int> RunAsync(
        string[] settings, Func<Session, ParseResult, CancellationToken, Task<int>> run, Func<ParseResult, string>? tells, ParseResult parsed, CancellationToken ct)
    {
        var output = new Output(Console.Out, Console.Error, parsed.GetValue(Json), parsed.GetValue(Csv));
        try
        {
            var configuration = new ConfigurationBuilder().AddPanel(settings).Build();
            await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddPanelCore(configuration)
                .AddLogging(logging => logging.AddSerilog(PanelLogging.ForCommandLine(), dispose: true)).BuildServiceProvider();
            await using var scope = services.CreateAsyncScope();
            var actor = Actor.CommandLine(Guid.NewGuid().ToString("n"));
            return await run(new Session(scope.ServiceProvider, actor, output), parsed, ct);
        }
        catch (SettingException e)
        {
            return output.Failed(ExitStatus.Refused, e.Message);
        }
        catch (Exception e) when (OutsideFault.Of(e, tells?.Invoke(parsed) ?? "db status") is { } fault)
        {
            return output.Failed(fault.Status, fault.Sentence);
        }
    }
}
