using System.Diagnostics.CodeAnalysis;
using MariaDb.Client;
using Microsoft.EntityFrameworkCore.Storage;

namespace MariaDb.EntityFrameworkCore.Storage;

/// <summary>
/// Runs a unit of work again when the server gave it up for reasons that pass: a deadlock (1213), a lock wait timeout
/// (1205), a connection that could not be made or broke before COMMIT. A <see cref="MariaDbCommitUnknownException"/> is
/// never retried: the work may be done already, and doing it twice is worse than saying so.
/// </summary>
public sealed class MariaDbRetryingExecutionStrategy : ExecutionStrategy
{
    /// <summary>Seven attempts in all, about three seconds when each fails at once.</summary>
    public const int DefaultRetryCount = 6;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);

    private readonly TimeSpan longestDelay;

    /// <param name="maxRetryDelay">Longest pause between two attempts; null is two seconds.</param>
    public MariaDbRetryingExecutionStrategy(ExecutionStrategyDependencies dependencies, int maxRetryCount = DefaultRetryCount, TimeSpan? maxRetryDelay = null)
        : base(dependencies, maxRetryCount, maxRetryDelay ?? TimeSpan.FromSeconds(2)) => longestDelay = MaxRetryDelay;

    protected override bool ShouldRetryOn(Exception exception) => exception switch
    {
        MariaDbCommitUnknownException => false,
        MariaDbException { IsTransient: true } => true,
        MariaDbException { Number: MariaDbErrorCode.Deadlock or MariaDbErrorCode.LockWaitTimeout } => true,
        _ => false,
    };

    /// <summary>
    /// Doubling from 50 ms: a deadlock's other party is done in milliseconds. Two losers of one deadlock wait
    /// differently long, or they would meet again.
    /// </summary>
    [SuppressMessage("Security", "CA5394", Justification = "Spreads retries; nobody gains by guessing it.")]
    protected override TimeSpan? GetNextDelay(Exception lastException)
    {
        var failures = ExceptionsEncountered.Count;
        if (failures > MaxRetryCount) return null;

        var delay = FirstDelay * Math.Pow(2, failures - 1) * (0.5 + Random.NextDouble());
        return delay < longestDelay ? delay : longestDelay;
    }
}
