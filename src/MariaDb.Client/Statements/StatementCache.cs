using MariaDb.Client.Sessions;
using MariaDb.Client.Sql;

namespace MariaDb.Client.Statements;

/// <summary>The prepared statements of one session by their text; the one that was used longest ago makes room.</summary>
internal sealed class StatementCache(Session session)
{
    /// <summary>Far below max_prepared_stmt_count (16382 on the server), also with a full pool.</summary>
    private const int Capacity = 100;

    private readonly Dictionary<string, PreparedStatement> statements = [];
    private long uses;

    /// <param name="limit">Milliseconds that preparing may take; 0 for no limit.</param>
    public PreparedStatement Get(string text, long limit)
    {
        if (!statements.TryGetValue(text, out var statement))
        {
            if (statements.Count >= Capacity) Drop(statements.MinBy(entry => entry.Value.LastUse).Value);
            statement = Prepare(text, limit);
            statements.Add(text, statement);
        }
        statement.LastUse = ++uses;
        return statement;
    }

    public void Drop(PreparedStatement statement)
    {
        if (statements.Remove(statement.Text)) session.Handle.Free(statement);
    }

    public void Clear()
    {
        foreach (var statement in statements.Values) session.Handle.Free(statement);
        statements.Clear();
    }

    private PreparedStatement Prepare(string text, long limit)
    {
        var sql = SqlText.Parse(text);
        try
        {
            return PreparedStatement.Prepare(session, text, sql, limit);
        }
        catch (MariaDbException e) when (e.Number == MariaDbErrorCode.TooManyStatements)
        {
            Clear();
            return PreparedStatement.Prepare(session, text, sql, limit);
        }
    }
}
