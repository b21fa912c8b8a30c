using AdminPanel.Data;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.DataProtection;
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

    // Request delegates as they are: binding a handler's parameters by reflection would be work at every start.
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Process, context => AnswerAsync(context, new HealthRow("ok"))).AllowAnonymous().ShortCircuit();
        endpoints.MapGet(Ready, ReadyAsync).AllowAnonymous().ShortCircuit();
    }

    private static async Task ReadyAsync(HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Patience);
        var reason = await ReasonAsync(context.RequestServices, limit.Token);
        await AnswerAsync(context, reason is null ? new HealthRow("ok") : new HealthRow("unavailable", reason));
    }

    private static Task AnswerAsync(HttpContext context, HealthRow row)
    {
        if (row.Reason is not null) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return context.Response.WriteAsJsonAsync(row, context.RequestAborted);
    }

    private static async Task<string?> ReasonAsync(IServiceProvider services, CancellationToken ct)
    {
        var logger = services.GetRequiredService<ILogger<HealthRow>>();
        try
        {
            if ((await services.GetRequiredService<AdminDb>().Database.GetPendingMigrationsAsync(ct)).Any())
            {
                logger.NotReady("the schema is older than the program; run: adminpanel db migrate");
                return "schema";
            }
            services.GetRequiredService<KeyRingTable>().GetAllElements();
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
