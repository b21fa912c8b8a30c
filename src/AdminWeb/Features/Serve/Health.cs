using AdminPanel.Data;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Serve;

/// <summary>For load balancers and supervisors: /healthz says the process answers, /readyz that it can work.</summary>
internal static class Health
{
    private const string Process = "/healthz";
    private const string Ready = "/readyz";

    /// <summary>A probe that waits longer has given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static bool IsHealth(PathString path) => path == Process || path == Ready;

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Process, () => new HealthRow("ok")).AllowAnonymous().ShortCircuit();
        endpoints.MapGet(Ready, ReadyAsync).AllowAnonymous().ShortCircuit();
    }

    private static async Task<IResult> ReadyAsync([FromServices] AdminDb db, [FromServices] KeyRingTable keyRing, [FromServices] ILogger<HealthRow> logger, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        var reason = await ReasonAsync(db, keyRing, logger, limit.Token);
        return reason is null
            ? Results.Ok(new HealthRow("ok"))
            : Results.Json(new HealthRow("unavailable", reason), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> ReasonAsync(AdminDb db, KeyRingTable keyRing, ILogger logger, CancellationToken ct)
    {
        try
        {
            if ((await db.Database.GetPendingMigrationsAsync(ct)).Any())
            {
                logger.NotReady("the schema is older than the program; run: adminpanel db migrate");
                return "schema";
            }
            keyRing.GetAllElements();
            return null;
        }
        catch (SettingException e)
        {
            logger.NotReady(e.Message);
            return "key_file";
        }
        catch (Exception e) when (DatabaseFault.In(e) is not null || e is OperationCanceledException or TimeoutException)
        {
            logger.NotReady(e.Message);
            return "database";
        }
    }

    /// <param name="Status">"ok" or "unavailable".</param>
    /// <param name="Reason">"database", "schema" or "key_file"; the log says more.</param>
    internal sealed record HealthRow(string Status, string? Reason = null);
}
