using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>The SQL commands that one database is sent through EF Core, as its diagnostics tell of them: other tests of this process have other databases.</summary>
internal sealed class CommandCounter : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly string database;
    private readonly ConcurrentQueue<string> commands = new();
    private readonly ConcurrentBag<IDisposable> subscriptions = [];

    public CommandCounter(string database)
    {
        this.database = database;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Their texts, since the last call.</summary>
    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (commands.TryDequeue(out var command)) taken.Add(command);
        return taken;
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == RelationalEventId.CommandExecuting.Name && value.Value is CommandEventData data && data.Command.Connection?.Database == database)
            commands.Enqueue(data.Command.CommandText);
    }

    public void OnError(Exception error)
    {
        // Listeners report no errors.
    }

    public void OnCompleted()
    {
        // The end of the process.
    }

    public void Dispose()
    {
        foreach (var subscription in subscriptions) subscription.Dispose();
    }
}
