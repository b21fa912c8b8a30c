using System.Net;

namespace AdminPanel.Web.Platform.Dns;

/// <summary>Contexts of libunbound, kept for the next question to the same server: making one costs more than asking. Those that were not used for longest go when there are too many.</summary>
internal sealed class UnboundContexts(int most) : IDisposable
{
    private readonly Dictionary<(IPAddress? Server, string? Zone), UnboundContext> kept = [];
    private readonly Lock door = new();
    private long uses;
    private bool isOver;

    /// <summary>Blocks until there is an answer.</summary>
    /// <param name="prepare">Says where a new context asks; an error code of libunbound, 0 for none.</param>
    public DnsAnswer Ask((IPAddress? Server, string? Zone) at, Func<(IPAddress? Server, string? Zone), nint, int> prepare, string name, DnsType type)
    {
        var context = Rent(at, prepare);
        try
        {
            return context.Ask(name, type);
        }
        finally
        {
            Return(context);
        }
    }

    /// <summary>What still asks is deleted when it has ended.</summary>
    public void Dispose()
    {
        lock (door)
        {
            isOver = true;
            foreach (var at in kept.Keys.ToList()) Drop(at);
        }
    }

    private UnboundContext Rent((IPAddress? Server, string? Zone) at, Func<(IPAddress? Server, string? Zone), nint, int> prepare)
    {
        lock (door)
        {
            if (!kept.TryGetValue(at, out var context))
            {
                if (kept.Count >= most && kept.Where(k => k.Value.Users == 0).OrderBy(k => k.Value.LastUse).Select(k => k.Key).FirstOrDefault() is { Server: not null } oldest) Drop(oldest);
                context = new UnboundContext(handle => prepare(at, handle)) { IsDropped = isOver };
                // A question that had waited for its turn when the inquiry ended takes its context along.
                if (!isOver) kept[at] = context;
            }
            context.Users++;
            context.LastUse = ++uses;
            return context;
        }
    }

    private void Return(UnboundContext context)
    {
        lock (door)
        {
            if (--context.Users == 0 && context.IsDropped) context.Dispose();
        }
    }

    private void Drop((IPAddress? Server, string? Zone) at)
    {
        kept.Remove(at, out var context);
        context!.IsDropped = true;
        if (context.Users == 0) context.Dispose();
    }
}
