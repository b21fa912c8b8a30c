using System.Data.Common;

namespace MariaDb.Client;

/// <summary>An error of the server or of the client library.</summary>
public class MariaDbException : DbException
{
    public MariaDbException(int number, string sqlState, string message, Exception? inner = null, bool? isTransient = null)
        : base(message, inner)
    {
        Number = number;
        SqlState = sqlState;
        IsTransient = isTransient ?? Sessions.ErrorKinds.IsTransient(number);
    }

    /// <summary>The error's number, see <see cref="MariaDbErrorCode"/>; 0 for the driver's own refusals.</summary>
    public int Number { get; }

    /// <summary>The same as <see cref="Number"/>, for callers who know System.Data.Common alone.</summary>
    public override int ErrorCode => Number;

    /// <summary>Five characters of the SQL standard: 23000 for a violated constraint, 40001 for a deadlock.</summary>
    public override string SqlState { get; }

    /// <summary>
    /// True when the whole transaction can be run again: nothing of it was committed, and the cause may be gone by
    /// then (deadlock, lock wait, a connection lost before the commit was sent, a server that starts or stops).
    /// </summary>
    public override bool IsTransient { get; }
}
