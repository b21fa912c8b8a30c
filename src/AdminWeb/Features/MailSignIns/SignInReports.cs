using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdminPanel.Web.Features.MailServer;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>
/// Where Dovecot reports sign-ins: POST /daemons/sign-ins with the password of the setting sign_in_report_password. It
/// stands before everything else, since there may be hundreds a second and none is a request of a person; without the
/// setting there is no such address. Dovecot waits for no answer, so a panel that is down keeps nobody out.
/// </summary>
internal sealed class SignInReports(RequestDelegate next, IConfiguration configuration, SignInRecorder recorder, ILogger<SignInReports> logger)
{
    public const string Path = "/daemons/sign-ins";
    public const string User = "dovecot";

    private const int LongestEvent = 16 * 1024;

    private readonly byte[]? expected = Credentials(configuration);

    public Task InvokeAsync(HttpContext context) =>
        expected is not null && context.Request.Path == Path ? AnswerAsync(context) : next(context);

    /// <summary>Whether Dovecot's reports are taken: without them nobody knows who signed in.</summary>
    public static bool AreTaken(IConfiguration configuration) => Password(configuration) is not null;

    private static byte[]? Credentials(IConfiguration configuration) =>
        Password(configuration) is { } password ? Encoding.UTF8.GetBytes("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{password}"))) : null;

    private static string? Password(IConfiguration configuration) =>
        ServerSettings.Configured(configuration, "sign_in_report_password") is { } password && SettingValue.IsSecret(password) ? password : null;

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.StatusCode = await StatusAsync(context.Request, context.RequestAborted);
        if (context.Response.StatusCode != StatusCodes.Status204NoContent) logger.ReportRefused(context.Connection.RemoteIpAddress?.ToString(), context.Response.StatusCode);
    }

    private async Task<int> StatusAsync(HttpRequest request, CancellationToken ct)
    {
        if (!HttpMethods.IsPost(request.Method)) return StatusCodes.Status405MethodNotAllowed;
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), expected)) return StatusCodes.Status401Unauthorized;
        if (request.ContentLength is not <= LongestEvent) return StatusCodes.Status413PayloadTooLarge;

        var body = new byte[(int)request.ContentLength];
        try
        {
            await request.Body.ReadExactlyAsync(body, ct);
            if (SignInReport.Read(body) is { } report) recorder.Add(report);
            return StatusCodes.Status204NoContent;
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }
}
