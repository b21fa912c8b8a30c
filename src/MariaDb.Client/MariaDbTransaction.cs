using System.Data;
using System.Data.Common;

namespace MariaDb.Client;

/// <summary>A transaction of one connection. Disposed without a commit, it is rolled back.</summary>
public sealed class MariaDbTransaction : DbTransaction
{
    private MariaDbConnection? connection;

    internal MariaDbTransaction(MariaDbConnection connection, IsolationLevel isolationLevel)
    {
        this.connection = connection;
        IsolationLevel = isolationLevel;
    }

    public override IsolationLevel IsolationLevel { get; }

    public override bool SupportsSavepoints => true;

    /// <summary>Null once the transaction has ended.</summary>
    protected override DbConnection? DbConnection => connection;

    /// <exception cref="MariaDbCommitUnknownException">The connection was lost before the answer came: done, or not.</exception>
    /// <exception cref="MariaDbException">The server refuses, or has rolled it back already after an error that nobody heeded.</exception>
    public override void Commit()
    {
        var owner = Demand();
        owner.DemandNoReader();
        owner.DemandNoLostTransaction();
        End();
        owner.Commit();
    }

    public override void Rollback()
    {
        var owner = Demand();
        owner.DemandNoReader();
        End();
        owner.RunAlone("ROLLBACK");
    }

    public override void Save(string savepointName)
    {
        var owner = Demand();
        owner.DemandNoLostTransaction();
        owner.RunAlone($"SAVEPOINT {Quoted(savepointName)}");
    }

    public override void Rollback(string savepointName) => Demand().RunAlone($"ROLLBACK TO SAVEPOINT {Quoted(savepointName)}");

    public override void Release(string savepointName) => Demand().RunAlone($"RELEASE SAVEPOINT {Quoted(savepointName)}");

    /// <summary>The connection was closed under it, which rolls back.</summary>
    internal void End()
    {
        if (connection is not null) connection.Transaction = null;
        connection = null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && connection is { State: ConnectionState.Open })
        {
            try
            {
                Rollback();
            }
            catch (MariaDbException)
            {
                // The connection is gone, and with it the transaction: the server rolls back by itself.
            }
        }
        if (disposing) End();
        base.Dispose(disposing);
    }

    private static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";

    private MariaDbConnection Demand() => connection ?? throw new InvalidOperationException("The transaction has already ended.");
}
