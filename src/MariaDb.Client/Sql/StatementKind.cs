namespace MariaDb.Client.Sql;

/// <summary>What a statement can do to its session and to the data, as far as its first word tells.</summary>
internal enum StatementKind
{
    /// <summary>SELECT and its like: losing the connection loses an answer, nothing else.</summary>
    Read,

    /// <summary>INSERT, UPDATE, DELETE, REPLACE: part of a transaction, or a commit of its own.</summary>
    Change,

    /// <summary>USE: the session stays in another database, which no reset takes back.</summary>
    Use,

    /// <summary>Everything else: it may change the session or commit by itself.</summary>
    Other,
}
