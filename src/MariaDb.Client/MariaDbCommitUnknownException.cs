namespace MariaDb.Client;

/// <summary>
/// The connection was lost after a COMMIT (or a statement that commits by itself) was sent and before its answer came:
/// the change is either complete or absent, and only a look into the database tells. Never transient: a blind retry
/// could do it twice.
/// </summary>
public sealed class MariaDbCommitUnknownException(MariaDbException cause) : MariaDbException(
    cause.Number,
    cause.SqlState,
    $"The connection was lost during the commit; whether it took place is unknown. {cause.Message}",
    cause,
    isTransient: false);
