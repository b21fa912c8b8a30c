using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>
/// Where Dovecot asks whether a password may be tried, and reports how it ended: POST /daemons/sign-ins with the password
/// of the setting sign_in_report_password. It stands before everything else, since there may be hundreds a second and none
/// is a request of a person; without the setting there is no such address. Dovecot takes no answer for a yes, so a panel
/// that is down keeps nobody out.
/// </summary>
internal sealed class SignInReports(RequestDelegate next, IConfiguration configuration, SignInRecorder recorder, ILogger<SignInReports> logger)
{
    public const string Path = "/daemons/sign-ins";
    public const string User = "dovecot";

    private const string Question = "allow";

    private const string MayTry = """{"status":0,"msg":""}""";

    // A negative status refuses, as for a wrong password.
    private const string MayNotTry = """{"status":-1,"msg":"too many wrong passwords"}""";

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
        var (status, mayTry) = await AnsweredAsync(context, context.RequestAborted);
        context.Response.StatusCode = status;
        if (status >= StatusCodes.Status300MultipleChoices) logger.ReportRefused(context.Connection.RemoteIpAddress?.ToString(), status);
        if (mayTry is null) return;

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(mayTry == true ? MayTry : MayNotTry, context.RequestAborted);
    }

    private async Task<(int Status, bool? MayTry)> AnsweredAsync(HttpContext context, CancellationToken ct)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method)) return (StatusCodes.Status405MethodNotAllowed, null);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), expected)) return (StatusCodes.Status401Unauthorized, null);
        if (request.ContentLength is not <= LongestEvent) return (StatusCodes.Status413PayloadTooLarge, null);

        var body = new byte[(int)request.ContentLength];
        try
        {
            await request.Body.ReadExactlyAsync(body, ct);
            var given = SignInTry.Read(body);
            var guesses = context.RequestServices.GetRequiredService<MailGuesses>();
            if (request.Query["command"] == Question) return (StatusCodes.Status200OK, given is null || await guesses.MayTryAsync(given, ct));
            if (given?.Report is not { } report) return (StatusCodes.Status204NoContent, null);

            recorder.Add(report);
            await guesses.EndedAsync(given, ct);
            return (StatusCodes.Status204NoContent, null);
        }
        catch (Exception e) when (e is JsonException or EndOfStreamException)
        {
            return (StatusCodes.Status400BadRequest, null);
        }
        catch (Exception e) when (DatabaseFault.In(e) is not null)
        {
            return (StatusCodes.Status503ServiceUnavailable, null);
        }
    }
}
