namespace MariaDb.Client.Sessions;

/// <summary>
/// Wakes the watches whose time has come, from one thread of its own: when the server hangs, the pool's threads all wait
/// for it, and a timer would wait for one of them.
/// </summary>
internal static class Deadlines
{
    private static readonly object Gate = new();
    private static readonly PriorityQueue<SessionWatch, long> Queue = new();
    private static bool isRunning;

    /// <param name="due">In milliseconds of <see cref="Environment.TickCount64"/>.</param>
    public static void Add(SessionWatch watch, long due)
    {
        lock (Gate)
        {
            Queue.Enqueue(watch, due);
            if (!isRunning)
            {
                isRunning = true;
                new Thread(Run) { IsBackground = true, Name = "MariaDb.Client deadlines" }.Start();
            }
            if (ReferenceEquals(Queue.Peek(), watch)) Monitor.Pulse(Gate);
        }
    }

    private static void Run()
    {
        while (true) Next().TimeIsUp();
    }

    private static SessionWatch Next()
    {
        lock (Gate)
        {
            while (true)
            {
                if (!Queue.TryPeek(out _, out var due)) Monitor.Wait(Gate);
                else if (due - Environment.TickCount64 is var left and > 0) Monitor.Wait(Gate, TimeSpan.FromMilliseconds(left));
                else return Queue.Dequeue();
            }
        }
    }
}
