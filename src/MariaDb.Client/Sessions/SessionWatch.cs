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
/// <param name="kill">Sends the KILL QUERY; false when it could not. Must not refer to the session, which a pending deadline would keep alive.</param>
/// <param name="socket">
/// A descriptor of the session's socket that is open as long as the session: libmariadb closes its own when a connection
/// fails, and its number may belong to another file by the time the socket is severed.
/// </param>
internal sealed class SessionWatch(Func<bool> kill, int socket)
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Stopping = 2;
    private const long Never = long.MaxValue;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly object gate = new();
    private int state;
    private long due = Never;
    private long wakeUp = Never;
    private bool stopSent;
    private volatile bool killSent;
    private volatile bool severOnly;
    private volatile Interruption interruption;

    /// <summary>What stopped the current command, if anything did.</summary>
    public Interruption Interruption => interruption;

    /// <summary>A kill went out, and may still be on its way to a server that had already finished.</summary>
    public bool KillSent => killSent;

    /// <summary>Before the first wait of a command.</summary>
    public void Begin()
    {
        interruption = Interruption.None;
        killSent = false;
        severOnly = false;
    }

    /// <summary>For a wait that does the command's work; what cleans up after it uses <see cref="Enter"/>.</summary>
    /// <param name="limit">Milliseconds until the wait is cut short; 0 for no limit.</param>
    /// <exception cref="InvalidOperationException">Another thread uses the connection.</exception>
    /// <exception cref="MariaDbException">The command was cancelled between two waits: the next one does not begin.</exception>
    public void EnterUnlessCancelled(long limit)
    {
        Enter(limit);
        if (interruption != Interruption.Cancelled) return;
        Exit();
        throw new MariaDbException(MariaDbErrorCode.QueryInterrupted, "70100", "The command was cancelled.");
    }

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
        // With a full fence: either this sees that the wake-up has just gone, or the wake-up sees this limit.
        Interlocked.Exchange(ref due, end);
        if (end < Volatile.Read(ref wakeUp)) Schedule(end);
    }

    public void Exit()
    {
        Volatile.Write(ref due, Never);
        if (Interlocked.CompareExchange(ref state, Idle, Waiting) == Waiting) return;
        lock (gate)
        {
            while (!stopSent)
            {
                // The deadline took this wait for the one before it, and has let it go again.
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

    /// <summary>Called when a deadline has come. Most often there is nothing to do: one deadline outlives many short commands.</summary>
    public void TimeIsUp()
    {
        Interlocked.Exchange(ref wakeUp, Never);
        var end = Volatile.Read(ref due);
        if (end == Never) return;
        if (end > Environment.TickCount64)
        {
            Schedule(end);
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
        Schedule(Volatile.Read(ref due));
    }

    private void Schedule(long end)
    {
        if (end == Never) return;
        Volatile.Write(ref wakeUp, end);
        Deadlines.Add(this, end);
    }

    /// <summary>On a thread of its own: the pool's threads may all be waiting for the server.</summary>
    private void Stop() => new Thread(SendStop) { IsBackground = true, Name = "MariaDb.Client kill" }.Start();

    private void SendStop()
    {
        var isSent = !severOnly && kill();
        lock (gate)
        {
            if (isSent) killSent = true;
            else LibC.Sever(socket);
            stopSent = true;
            Monitor.PulseAll(gate);
            if (isSent && !Monitor.Wait(gate, Patience) && Volatile.Read(ref state) == Stopping) LibC.Sever(socket);
        }
    }
}
