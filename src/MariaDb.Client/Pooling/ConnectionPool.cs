using System.Collections.Concurrent;
using System.Globalization;
using MariaDb.Client.Sessions;

namespace MariaDb.Client.Pooling;

/// <summary>
/// The connections of one connection string: at most MaxPoolSize, the one that came back last goes out first, broken
/// ones leave, the rest are reset before somebody else gets them, and unused ones are closed after a while.
/// </summary>
internal sealed class ConnectionPool : IDisposable
{
    private static readonly ConcurrentDictionary<string, ConnectionPool> Pools = new();
    private readonly SemaphoreSlim places;
    private readonly Lock gate = new();
    private readonly List<Session> idle = [];
    private Timer? pruning;
    private int endpoint;
    private int generation;

    private ConnectionPool(SessionSettings settings)
    {
        Settings = settings;
        places = new SemaphoreSlim(settings.MaxPoolSize, settings.MaxPoolSize);
    }

    public SessionSettings Settings { get; }

    public static ConnectionPool For(string connectionString) =>
        Pools.TryGetValue(connectionString, out var pool) ? pool : Pools.GetOrAdd(connectionString, text => new ConnectionPool(new SessionSettings(text)));

    public static void ClearAll()
    {
        foreach (var pool in Pools.Values) pool.Clear();
    }

    public Session Rent()
    {
        if (!Settings.Pooling) return SessionOpener.Open(Settings, ref endpoint);
        if (!places.Wait(Settings.ConnectTimeout)) throw Full();
        return TakeOrOpen();
    }

    /// <summary>Waits for a place without holding a thread; connecting itself does.</summary>
    public async Task<Session> RentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Settings.Pooling) return SessionOpener.Open(Settings, ref endpoint);
        if (!await places.WaitAsync(Settings.ConnectTimeout, cancellationToken)) throw Full();
        return TakeOrOpen();
    }

    public void Return(Session session)
    {
        if (!Settings.Pooling)
        {
            session.Dispose();
            return;
        }
        try
        {
            if (IsFit(session)) Keep(session);
            else session.Dispose();
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>For a connection that its owner forgot. The finalizer thread must not wait for rows that are still on their way.</summary>
    public void Abandon(Session session)
    {
        session.Sever();
        session.Dispose();
        if (Settings.Pooling) places.Release();
    }

    public void Clear()
    {
        Session[] leaving;
        lock (gate)
        {
            generation++;
            leaving = [.. idle];
            idle.Clear();
        }
        foreach (var session in leaving) session.Dispose();
    }

    public void Dispose()
    {
        Clear();
        pruning?.Dispose();
        places.Dispose();
    }

    private Session TakeOrOpen()
    {
        try
        {
            while (Take() is { } session)
            {
                if (session.IsAlive(Environment.TickCount64 - session.IdleSince)) return session;
                session.Dispose();
            }
            var generationBefore = Volatile.Read(ref generation);
            var opened = SessionOpener.Open(Settings, ref endpoint);
            opened.Generation = generationBefore;
            return opened;
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    private Session? Take()
    {
        lock (gate)
        {
            if (idle.Count == 0) return null;
            var session = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            return session;
        }
    }

    private bool IsFit(Session session)
    {
        if (session.IsBroken || session.IsSpoilt || session.Generation != Volatile.Read(ref generation)) return false;
        if (!session.NeedsReset && !session.IsInTransaction) return true;
        try
        {
            session.Reset();
            return !session.IsBroken;
        }
        catch (MariaDbException)
        {
            return false;
        }
    }

    private void Keep(Session session)
    {
        session.IdleSince = Environment.TickCount64;
        lock (gate)
        {
            idle.Add(session);
            pruning ??= new Timer(static pool => ((ConnectionPool)pool!).Prune(), this, Settings.IdleTimeout / 2, Settings.IdleTimeout / 2);
        }
    }

    private void Prune()
    {
        var before = Environment.TickCount64 - (long)Settings.IdleTimeout.TotalMilliseconds;
        Session[] leaving;
        lock (gate)
        {
            leaving = [.. idle.Where(session => session.IdleSince <= before)];
            idle.RemoveAll(session => session.IdleSince <= before);
            if (idle.Count == 0)
            {
                pruning?.Dispose();
                pruning = null;
            }
        }
        foreach (var session in leaving) session.Dispose();
    }

    private MariaDbException Full()
    {
        var message = string.Create(CultureInfo.InvariantCulture,
            $"All {Settings.MaxPoolSize} connections of the pool are in use, and none came back within {Settings.ConnectTimeout.TotalSeconds} s.");
        return new MariaDbException(0, "08004", message, new TimeoutException(message));
    }
}
