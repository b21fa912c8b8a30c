using System.Diagnostics.CodeAnalysis;
using MariaDb.Client;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MariaDb.EntityFrameworkCore.Migrations;

/// <summary>
/// The right to migrate, as a row with an end that a heartbeat moves on: it holds in every node of a cluster, where
/// GET_LOCK holds in one, and a program that died holds it for a minute and no longer. All times are the server's.
/// </summary>
internal sealed class MigrationLease : IMigrationsDatabaseLock
{
    private const string Table = "__EFMigrationsLock";

    private const string CreateTable =
        $"CREATE TABLE IF NOT EXISTS `{Table}` (`Id` int NOT NULL, `Owner` char(36) NOT NULL, `ExpiresAt` datetime(6) NOT NULL, PRIMARY KEY (`Id`)) "
        + "ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4";

    // Assignments run from left to right: where the row is free or ours, `Owner` is ours when `ExpiresAt` is set.
    private const string TakeOrRenew =
        $"INSERT INTO `{Table}` (`Id`, `Owner`, `ExpiresAt`) VALUES (1, @owner, UTC_TIMESTAMP(6) + INTERVAL 60 SECOND) "
        + "ON DUPLICATE KEY UPDATE `Owner` = IF(`ExpiresAt` < UTC_TIMESTAMP(6), VALUES(`Owner`), `Owner`), "
        + "`ExpiresAt` = IF(`Owner` = VALUES(`Owner`), VALUES(`ExpiresAt`), `ExpiresAt`)";

    private const string ReadOwner = $"SELECT `Owner` FROM `{Table}` WHERE `Id` = 1";

    private const string GiveUp = $"DELETE FROM `{Table}` WHERE `Id` = 1 AND `Owner` = @owner";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private readonly string connectionString;
    private readonly string owner = Guid.NewGuid().ToString("D");
    private readonly CancellationTokenSource stop = new();
    private Task beating = Task.CompletedTask;
    private volatile bool isLost;

    private MigrationLease(string connectionString, IHistoryRepository historyRepository) =>
        // Not from the pool, all of which the migrating program may hold.
        (this.connectionString, HistoryRepository) =
            (new MariaDbConnectionStringBuilder { ConnectionString = connectionString, Pooling = false }.ConnectionString, historyRepository);

    public IHistoryRepository HistoryRepository { get; }

    public static MigrationLease Take(string connectionString, IHistoryRepository historyRepository) =>
        Task.Run(() => TakeAsync(connectionString, historyRepository, CancellationToken.None)).GetAwaiter().GetResult();

    /// <summary>Waits until nobody else migrates.</summary>
    public static async Task<MigrationLease> TakeAsync(string connectionString, IHistoryRepository historyRepository, CancellationToken ct)
    {
        var lease = new MigrationLease(connectionString, historyRepository);
        await lease.ExecuteAsync(CreateTable, ct);
        while (await lease.TryTakeAsync(ct) is not true) await Task.Delay(Retry, ct);

        lease.beating = Task.Run(lease.BeatAsync, CancellationToken.None);
        return lease;
    }

    /// <inheritdoc cref="ReacquireIfNeededAsync"/>
    public IMigrationsDatabaseLock ReacquireIfNeeded(bool connectionReopened, bool? transactionRestarted) =>
        Task.Run(() => ReacquireIfNeededAsync(connectionReopened, transactionRestarted)).GetAwaiter().GetResult();

    /// <summary>Asked before migrations are applied, and again before each retry.</summary>
    /// <exception cref="InvalidOperationException">The lease ran out, and somebody else has it.</exception>
    public async Task<IMigrationsDatabaseLock> ReacquireIfNeededAsync(
        bool connectionReopened, bool? transactionRestarted, CancellationToken cancellationToken = default)
    {
        if (isLost || await TryTakeAsync(cancellationToken) is false)
            throw new InvalidOperationException("Another program took over this migration: the lease was not renewed for a minute.");

        return this;
    }

    public void Dispose() => Task.Run(() => DisposeAsync().AsTask()).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await beating;
        stop.Dispose();
        try
        {
            await ExecuteAsync(GiveUp, CancellationToken.None);
        }
        catch (MariaDbException)
        {
            // Unreachable: the lease ends by itself within a minute.
        }
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Heartbeat);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token)) await BeatOnceAsync();
        }
        catch (OperationCanceledException)
        {
            // Given up in good order.
        }
    }

    private async Task BeatOnceAsync()
    {
        try
        {
            isLost |= await TryTakeAsync(stop.Token) is false;
        }
        catch (MariaDbException)
        {
            // The next beat may succeed: three may fail before the lease ends. Before it migrates on, the program asks again, and hears why.
        }
    }

    /// <summary>Whether the lease is ours now; when the server did not say, it is asked again.</summary>
    private async Task<bool?> TryTakeAsync(CancellationToken ct)
    {
        try
        {
            await ExecuteAsync(TakeOrRenew, ct);
            return (string?)await ExecuteAsync(ReadOwner, ct) == owner;
        }
        catch (MariaDbException e) when (e.IsTransient || e is MariaDbCommitUnknownException || e.Number == MariaDbErrorCode.StatementTimeout)
        {
            // Taking or renewing twice is as good as once, so an answer that was lost does no harm either.
            return null;
        }
    }

    [SuppressMessage("Security", "CA2100", Justification = "The statements are the constants above.")]
    private async Task<object?> ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = new MariaDbConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (sql.Contains("@owner", StringComparison.Ordinal))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@owner", owner);
            command.Parameters.Add(parameter);
        }
        return await command.ExecuteScalarAsync(ct);
    }
}
