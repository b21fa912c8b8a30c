using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.Outbox;

/// <summary>`outbox`: what ./run puts in place of the internet.</summary>
internal static class OutboxCommands
{
    private static readonly Option<string> Listen = new("--listen") { Description = "A loopback address and a port, as in 127.0.0.1:2527.", HelpName = "ADDRESS:PORT", Required = true };

    private static readonly Option<string> Dir = new("--dir") { Description = "Where each message goes, a file for each recipient.", HelpName = "DIR", Required = true };

    public static Command Create()
    {
        var outbox = new Command("outbox", "Take all mail on a loopback port and write it to files, until a signal ends it.") { Listen, Dir };
        outbox.SetAction(RunAsync);
        return outbox;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var output = new Output(Console.Out, Console.Error, parsed.GetValue(Verb.Json));
        if (!IPEndPoint.TryParse(parsed.GetValue(Listen)!, out var address) || address.Port == 0 || !IPAddress.IsLoopback(address.Address))
            return output.Failed(ExitStatus.Usage, "--listen: write a loopback address and a port, as in 127.0.0.1:2527.");

        try
        {
            await using var server = new OutboxServer(address, new OutboxDirectory(Path.GetFullPath(parsed.GetValue(Dir)!), TimeProvider.System));
            await server.RunAsync(ct);
            return ExitStatus.Done;
        }
        catch (SocketException e)
        {
            return output.Failed(ExitStatus.OutsideFailed, $"{address}: {e.Message}");
        }
    }
}
