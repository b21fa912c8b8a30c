namespace AdminPanel.Web.Features.Audit;

/// <summary>Event ids 5300 to 5399.</summary>
internal static partial class Log
{
    [LoggerMessage(5300, LogLevel.Information, "Audit seal {Number} holds {Count} entries, sealed to entry {SealedTo}, digest {Digest}")]
    public static partial void Sealed(this ILogger logger, long number, int count, long sealedTo, string digest);

    [LoggerMessage(5301, LogLevel.Warning, "Audit entries wait to be sealed: {Reason}")]
    public static partial void SealsWait(this ILogger logger, string reason);

    [LoggerMessage(5302, LogLevel.Error, "Audit entries were sealed to {Before} and are now sealed to {Now}: somebody took seals away. Compare with a digest of an earlier line: adminpanel audit verify --expect DIGEST")]
    public static partial void SealsGone(this ILogger logger, long before, long now);
}
