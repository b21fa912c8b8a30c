using System.Data.Common;
using MariaDb.Client;

namespace AdminPanel.Web.Features.Cli;

/// <summary>Something outside the panel that failed, as exit status and sentence.</summary>
internal sealed record OutsideFault(int Status, string Sentence)
{
    /// <summary>Null for what is a fault of the program itself.</summary>
    /// <param name="tells">The arguments of the adminpanel command that says how it ended when the connection was lost at the commit.</param>
    public static OutsideFault? Of(Exception exception, string tells)
    {
        if (Find<MariaDbCommitUnknownException>(exception) is { } lost) return new(ExitStatus.Unknown, $"{lost.Message} Run adminpanel {tells} to see.");
        if (Find<DbException>(exception) is { } fault) return new(ExitStatus.OutsideFailed, DatabaseSentence.Of(fault));

        return exception is IOException or UnauthorizedAccessException ? new(ExitStatus.OutsideFailed, exception.Message) : null;
    }

    private static T? Find<T>(Exception exception) where T : Exception
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is T found) return found;
        }
        return null;
    }
}
