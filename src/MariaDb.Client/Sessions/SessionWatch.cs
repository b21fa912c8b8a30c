using MariaDb.Client.Native;

namespace MariaDb.Client.Sessions;

/// <summary>Why a running statement was stopped from outside.</summary>
internal enum Interruption
{
    None,
    Timeout,
    Cancelled,
}

/// <summary>
/// Guards the calls into the library that wait for the server: refuses a second thread, and stops a statement whose
/// time is up or whose caller lost interest, by KILL QUERY over a second connection; when that does not help, by
/// severing the socket. A kill can never reach a later statement: the wait it was meant for ends only after it was sent.
/// </summary>
/// <param name="kill">Sends the KILL QUERY; false when it could not. Must not refer to the session, which the timer would keep alive.</param>
/// <param name="socket">Descriptor of the session's socket.</param>
internal sealed class SessionWatch(Func<bool> kill, int socket) : IDisposable
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Stopping = 2;
    private const long Never = long.MaxValue;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly object gate = new();
    private Timer? timer;
    private int state;
    private long due = Never;
    private long timerDue = Never;
    private bool stopSent;
    private volatile bool severOnly;
    private volatile Interruption interruption;

    /// <summary>What stopped the current command, if anything did.</summary>
    public Interruption Interruption => interruption;

    /// <summary>Before the first wait of a command.</summary>
    public void Begin() => interruption = Interruption.None;

    /// <param name="limit">Milliseconds until the wait is cut short; 0 for no limit.</param>
    /// <param name="mayKill">False where a KILL would leave the outcome open (COMMIT): only the socket is severed then.</param>
    /// <exception cref="InvalidOperationException">Another thread uses the connection.</exception>
    public void Enter(long limit, bool mayKill = true)
    {
        if (Interlocked.CompareExchange(ref state, Waiting, Idle) != Idle)
        {
            throw new InvalidOperationException("The connection is in use by another thread; a connection serves one at a time.");
        }
        severOnly = !mayKill;
        if (limit <= 0) return;
        var end = Environment.TickCount64 + limit;
        Volatile.Write(ref due, end);
        if (end < Volatile.Read(ref timerDue)) Schedule(end, limit);
    }

    public void Exit()
    {
        Volatile.Write(ref due, Never);
        if (Interlocked.CompareExchange(ref state, Idle, Waiting) == Waiting) return;
        lock (gate)
        {
            while (!stopSent)
            {
                // The timer took this wait for the one before it, and has let it go again.
                if (Interlocked.CompareExchange(ref state, Idle, Waiting) == Waiting) return;
                Monitor.Wait(gate);
            }
            stopSent = false;
            Volatile.Write(ref state, Idle);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Stops what runs now, from any thread; without effect when nothing does.</summary>
    public void Cancel()
    {
        if (severOnly) return;
        interruption = Interruption.Cancelled;
        if (Interlocked.CompareExchange(ref state, Stopping, Waiting) == Waiting) Stop();
    }

    public void Dispose() => timer?.Dispose();

    private void Schedule(long end, long delay)
    {
        lock (gate)
        {
            if (end >= timerDue) return;
            timerDue = end;
            timer ??= new Timer(static watch => ((SessionWatch)watch!).TimeIsUp(), this, Timeout.Infinite, Timeout.Infinite);
            timer.Change(delay, Timeout.Infinite);
        }
    }

    /// <summary>Most often there is nothing to do: the timer is set once and outlives many short commands.</summary>
    private void TimeIsUp()
    {
        lock (gate) timerDue = Never;
        var end = Volatile.Read(ref due);
        if (end == Never) return;
        var left = end - Environment.TickCount64;
        if (left > 0)
        {
            Schedule(end, left);
            return;
        }
        if (Interlocked.CompareExchange(ref state, Stopping, Waiting) != Waiting) return;
        if (Volatile.Read(ref due) == end)
        {
            interruption = Interruption.Timeout;
            Stop();
            return;
        }
        lock (gate)
        {
            // That wait had just ended and another one begun: let it be.
            if (Interlocked.CompareExchange(ref state, Waiting, Stopping) == Stopping) Monitor.PulseAll(gate);
        }
    }

    /// <summary>On a thread of its own: the pool's threads may all be waiting for the server.</summary>
    private void Stop() => new Thread(SendStop) { IsBackground = true, Name = "MariaDb.Client kill" }.Start();

    private void SendStop()
    {
        var isSent = !severOnly && kill();
        lock (gate)
        {
            if (!isSent) LibC.Sever(socket);
            stopSent = true;
            Monitor.PulseAll(gate);
            if (isSent && !Monitor.Wait(gate, Patience) && Volatile.Read(ref state) == Stopping) LibC.Sever(socket);
        }
    }
}
