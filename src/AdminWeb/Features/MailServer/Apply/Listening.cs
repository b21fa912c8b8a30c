using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>Whether each port of the mail server answers as it should, and none by a process that still has the files of before.</summary>
internal sealed class Listening(X509Certificate2 certificate)
{
    /// <summary>From the reload on until no older process takes a connection.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(5);

    // Held at once, so that several of the processes that wait for a connection answer.
    private const int AtOnce = 3;

    /// <param name="since">Seconds since the machine was started: older processes have read the files of before.</param>
    /// <exception cref="ApplyFailedException">A port does not answer in time, shows another certificate, or is answered by an older process.</exception>
    public async Task AwaitAsync(Daemon daemon, Listener listener, double since, CancellationToken ct)
    {
        var waited = Stopwatch.GetTimestamp();
        while (true)
        {
            DemandRunning(daemon);
            var fault = await FaultAsync(listener, since, ct);
            if (fault is null) return;
            if (Stopwatch.GetElapsedTime(waited) > Patience) throw new ApplyFailedException(listener.Service, $"{listener.Endpoint}: {fault}");
            await Task.Delay(100, ct);
        }
    }

    /// <exception cref="ApplyFailedException">It has ended, as when it cannot listen on a port: it writes so into its log.</exception>
    public static void DemandRunning(Daemon daemon)
    {
        if (!daemon.IsRunning) throw new ApplyFailedException(daemon.Name, "it has ended instead of taking the new files; its log says why");
    }

    public static IPEndPoint AddressOf(Endpoint endpoint) => new(endpoint.Address ?? IPAddress.Loopback, endpoint.Port);

    private async Task<string?> FaultAsync(Listener listener, double since, CancellationToken ct)
    {
        var connections = new List<LineDialogue>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Answer);
        try
        {
            for (var i = 0; i < AtOnce; i++)
            {
                connections.Add(await LineDialogue.OpenAsync(AddressOf(listener.Endpoint), limit.Token));
                if (listener.IsTls) await connections[i].StartTlsAsync(certificate, limit.Token);
                var greeting = await connections[i].ReadLineAsync(limit.Token);
                // More of them in a minute than the chosen rate: it is an answer, and by a process.
                if (!greeting.StartsWith(listener.Greeting, StringComparison.Ordinal) && !greeting.StartsWith("421 ", StringComparison.Ordinal)) return $"it answers {greeting}";
                if (ServingProcess.StartOf(connections[i].Socket) is { } started && started < since)
                    return string.Create(CultureInfo.InvariantCulture, $"a process that is {ServingProcess.Now - started:0.0} seconds old answers, which has read the files of before");
            }
            return null;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"no answer within {Answer.TotalSeconds:0} seconds");
        }
        finally
        {
            foreach (var connection in connections) await connection.DisposeAsync();
        }
    }
}

/// <summary>A step of an apply did not do what it should: what was changed is put back.</summary>
internal sealed class ApplyFailedException : IOException
{
    public ApplyFailedException()
    {
    }

    public ApplyFailedException(string message) : base(message)
    {
    }

    public ApplyFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    /// <param name="step">What it was about.</param>
    public ApplyFailedException(string step, string reason) : base($"{step}: {reason}") => Step = step;

    public string Step { get; } = "";
}
