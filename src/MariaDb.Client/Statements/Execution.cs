using System.Data;
using System.Globalization;
using MariaDb.Client.Sessions;
using MariaDb.Client.Sql;

namespace MariaDb.Client.Statements;

/// <summary>Takes a command to the server and says in its own words what went wrong on the way.</summary>
internal sealed class Execution
{
    private static readonly Action<object?> StopStatement = static watch => ((SessionWatch)watch!).Cancel();
    private readonly Session session;
    private readonly string text;
    private bool wasInTransaction;
    // Until the statement itself is sent nothing can change: preparing it only reads.
    private StatementKind sent = StatementKind.Read;

    private Execution(Session session, MariaDbCommand command)
    {
        this.session = session;
        text = command.CommandText;
        Limit = command.Limit;
    }

    /// <summary>Stopped before its end, it has left nothing undone.</summary>
    public bool OnlyReads => sent == StatementKind.Read;

    /// <summary>Milliseconds for one wait; 0 for no limit.</summary>
    public long Limit { get; }

    public static void Prepare(MariaDbConnection connection, MariaDbCommand command)
    {
        connection.DemandNoReader();
        var execution = new Execution(connection.Demand(), command);
        execution.session.Watch.Begin();
        execution.Guarded(static (execution, _) => execution.session.Statements.Get(execution.text, execution.Limit), 0, CancellationToken.None);
    }

    public static MariaDbDataReader Start(MariaDbConnection connection, MariaDbCommand command, CommandBehavior behavior, CancellationToken cancellationToken)
    {
        if ((behavior & (CommandBehavior.SchemaOnly | CommandBehavior.KeyInfo)) != 0) throw new NotSupportedException($"{behavior} is not supported.");
        connection.DemandNoReader();
        connection.DemandNoLostTransaction();
        var execution = new Execution(connection.Demand(), command);
        execution.session.Watch.Begin();
        return execution.Guarded(
            static (execution, state) => execution.Open(state.connection, state.command, state.behavior), (connection, command, behavior), cancellationToken);
    }

    /// <summary>Runs one step; a token that is cancelled meanwhile stops it on the server.</summary>
    public TResult Guarded<TState, TResult>(Func<Execution, TState, TResult> step, TState state, CancellationToken cancellationToken)
    {
        try
        {
            // It ends with the step, however that ends: later it would stop somebody else's statement.
            using var registration = cancellationToken.UnsafeRegister(StopStatement, session.Watch);
            return step(this, state);
        }
        catch (MariaDbException e)
        {
            var translated = Translate(e, cancellationToken);
            session.Settle();
            if (ReferenceEquals(translated, e)) throw;
            throw translated;
        }
    }

    /// <summary>After the last result: a kill that came too late must not meet the next statement.</summary>
    public void End() => session.Settle();

    private MariaDbDataReader Open(MariaDbConnection connection, MariaDbCommand command, CommandBehavior behavior)
    {
        try
        {
            return new MariaDbDataReader(connection, this, Execute(command.Parameters), behavior);
        }
        catch (MariaDbException e) when (e.Number == MariaDbErrorCode.CannotBePrepared && command.Parameters.Count == 0)
        {
            session.NeedsReset = true;
            session.Note(SqlText.Parse(text));
            sent = StatementKind.Other;
            return new MariaDbDataReader(connection, this, session.Run(text, Limit), behavior);
        }
    }

    private PreparedStatement Execute(MariaDbParameterCollection parameters)
    {
        for (var attempt = 1; ; attempt++)
        {
            var statement = session.Statements.Get(text, Limit);
            sent = statement.Sql.Kind;
            wasInTransaction = sent != StatementKind.Read && session.IsInTransaction;
            session.Note(statement.Sql);
            try
            {
                statement.Execute(parameters, Limit);
                return statement;
            }
            catch (MariaDbException e) when (e.Number == MariaDbErrorCode.ColumnsChanged)
            {
                // The table was altered since the statement was prepared, and the library stops at its new columns. What
                // only reads can be asked again.
                session.Statements.Drop(statement);
                if (sent != StatementKind.Read || attempt > 1)
                {
                    session.Break();
                    throw;
                }
            }
        }
    }

    /// <summary>
    /// A lost connection is transient when everything it could have changed is rolled back with it. Outside a
    /// transaction a change commits by itself, so losing its answer is losing the answer of a commit.
    /// </summary>
    private Exception Translate(MariaDbException error, CancellationToken cancellationToken)
    {
        var isUndone = sent == StatementKind.Read || (sent == StatementKind.Change && wasInTransaction);
        // With other columns than before (ColumnsChanged) it was executed, and its answer could not be read.
        if (session.IsBroken && !isUndone && (ErrorKinds.LeavesCommitOpen(error.Number) || error.Number == MariaDbErrorCode.ColumnsChanged)) return new MariaDbCommitUnknownException(error);
        if (!session.IsBroken && error.Number != MariaDbErrorCode.QueryInterrupted) return error;
        return session.Watch.Interruption switch
        {
            Interruption.Cancelled when cancellationToken.IsCancellationRequested =>
                new OperationCanceledException("The statement was cancelled.", error, cancellationToken),
            Interruption.Timeout => TimedOut(error),
            _ => error,
        };
    }

    private MariaDbException TimedOut(MariaDbException error)
    {
        var message = string.Create(CultureInfo.InvariantCulture, $"The statement got no answer within {Limit / 1000.0:0.###} s and was stopped.");
        return new MariaDbException(MariaDbErrorCode.StatementTimeout, "70100", message, new TimeoutException(message, error));
    }
}
