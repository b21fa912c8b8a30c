using MariaDb.EntityFrameworkCore.Infrastructure;
using MariaDb.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace MariaDb.EntityFrameworkCore;

/// <summary>Options of the provider beside the connection: MigrationsAssembly, CommandTimeout and the like come from the base.</summary>
public sealed class MariaDbOptionsBuilder : RelationalDbContextOptionsBuilder<MariaDbOptionsBuilder, MariaDbOptionsExtension>
{
    internal MariaDbOptionsBuilder(DbContextOptionsBuilder optionsBuilder) : base(optionsBuilder)
    {
    }

    /// <summary>
    /// Runs a unit of work again after a deadlock, a lock wait timeout or a connection that failed, and never after a
    /// COMMIT whose outcome is unknown. See <see cref="MariaDbRetryingExecutionStrategy"/>.
    /// </summary>
    /// <param name="maxRetryCount">How many times at most, after the first attempt.</param>
    /// <param name="maxRetryDelay">Longest pause between two attempts; null is two seconds.</param>
    public MariaDbOptionsBuilder EnableRetryOnFailure(
        int maxRetryCount = MariaDbRetryingExecutionStrategy.DefaultRetryCount, TimeSpan? maxRetryDelay = null) =>
        ExecutionStrategy(dependencies => new MariaDbRetryingExecutionStrategy(dependencies, maxRetryCount, maxRetryDelay));
}
