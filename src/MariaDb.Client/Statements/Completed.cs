namespace MariaDb.Client.Statements;

/// <summary>Runs a blocking call and gives its end the form of a finished task.</summary>
internal static class Completed
{
    public static Task<TResult> From<TResult>(Func<CancellationToken, TResult> call, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<TResult>(cancellationToken);
        try
        {
            return Task.FromResult(call(cancellationToken));
        }
        catch (OperationCanceledException e) when (e.CancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(e.CancellationToken);
        }
        // A task carries whatever its work threw; it is thrown again where the task is awaited.
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Task.FromException<TResult>(e);
        }
    }
}
