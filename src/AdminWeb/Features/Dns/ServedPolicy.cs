using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.MailServer;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dns;

/// <summary>
/// The policy on TLS of each domain that has one, at /.well-known/mta-sts.txt of its host mta-sts.DOMAIN (RFC 8461
/// section 3.2). Whoever asks needs no account; another host has no such file.
/// </summary>
internal static class ServedPolicy
{
    private const string Path = "/.well-known/mta-sts.txt";

    private const string Label = "mta-sts.";

    // As it is: binding a handler's parameters by reflection would be work at every start.
    public static void MapMtaSts(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, AnswerAsync).AllowAnonymous();

    private static async Task AnswerAsync(HttpContext context)
    {
        if (await FindAsync(context.Request.Host.Host, context.RequestServices, context.RequestAborted) is not { } policy)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = "text/plain; charset=us-ascii";
        await context.Response.WriteAsync(policy, context.RequestAborted);
    }

    private static async Task<string?> FindAsync(string host, IServiceProvider services, CancellationToken ct)
    {
        if (!host.StartsWith(Label, StringComparison.OrdinalIgnoreCase) || !DomainName.TryParse(host[Label.Length..], out var name)) return null;

        var mode = await services.GetRequiredService<AdminDb>().Domains.Where(d => d.Name == name && d.IsActive).Select(d => d.MtaSts).FirstOrDefaultAsync(ct);
        if (mode is not { } said) return null;

        return DomainName.TryParse((await services.GetRequiredService<ServerSettings>().ReadAsync(ct)).GetValueOrDefault("host_name"), out var mx) ? MtaStsPolicy.Text(said, mx) : null;
    }
}
