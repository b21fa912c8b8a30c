namespace AdminPanel.Web.Features.SignIn;

/// <summary>Event ids 1000 to 1099. Account ids and sources; never a login that was typed, a password or a token.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Account {AccountId} signed in from {Source}")]
    public static partial void SignedIn(this ILogger logger, long accountId, string? source);

    [LoggerMessage(1001, LogLevel.Warning, "A sign-in from {Source} was refused (account {AccountId})")]
    public static partial void SignInRefused(this ILogger logger, long? accountId, string? source);

    [LoggerMessage(1002, LogLevel.Warning, "A sign-in from {Source} was refused unread: its budget of guesses is spent")]
    public static partial void BudgetSpent(this ILogger logger, string? source);

    [LoggerMessage(1003, LogLevel.Information, "Account {AccountId} signed out")]
    public static partial void SignedOut(this ILogger logger, long? accountId);

    [LoggerMessage(1004, LogLevel.Information, "Account {AccountId} changed its password; its other sessions ended")]
    public static partial void PasswordChanged(this ILogger logger, long? accountId);

    [LoggerMessage(1005, LogLevel.Warning, "The first superadmin, account {AccountId}, was created by the setup link from {Source}")]
    public static partial void SetUp(this ILogger logger, long accountId, string? source);
}
