namespace AdminPanel.Web.Platform.Passwords;

/// <summary>
/// Work of which only some may run at once; the rest waits in a queue, first come, first served, without holding a thread:
/// two hundred who sign in at nine o'clock wait for hashes, and everybody else's pages do not wait for them.
/// </summary>
/// <param name="count">How many run at once, 1 or more.</param>
public sealed class HashPlaces(int count) : IDisposable
{
    private readonly SemaphoreSlim places = new(count);

    public int Count => count;

    /// <exception cref="OperationCanceledException">Whoever waited has gone; the work was not begun.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            // A place may be given to somebody who leaves at the same moment.
            ct.ThrowIfCancellationRequested();
            return work();
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>The same for callers that are a thread of their own.</summary>
    public T Run<T>(Func<T> work)
    {
        places.Wait();
        try
        {
            return work();
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}
