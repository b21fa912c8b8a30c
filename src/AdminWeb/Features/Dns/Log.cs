namespace AdminPanel.Web.Features.Dns;

/// <summary>Event ids 2500 to 2599.</summary>
internal static partial class Log
{
    [LoggerMessage(2500, LogLevel.Warning, "DNS records are not looked for: {Reason}")]
    public static partial void DnsWaits(this ILogger logger, string reason);
}
