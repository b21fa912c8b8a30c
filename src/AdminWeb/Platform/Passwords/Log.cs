namespace AdminPanel.Web.Platform.Passwords;

/// <summary>Event ids 1400 to 1499. Never a password, a digest or a part of one.</summary>
internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Warning, "The breach service did not help ({Reason}): a new password was taken without it")]
    public static partial void BreachServiceUnhelpful(this ILogger logger, string reason);
}
