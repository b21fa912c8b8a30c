using System.Text;
using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Serve;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.ClientSetup;

/// <summary>
/// Where mail programs look for their settings. Whoever asks needs no account; what is answered depends on the domain
/// alone, so that nobody learns which addresses exist.
/// </summary>
internal static class ServedClientSetup
{
    private const string Xml = "text/xml; charset=utf-8";

    // Names that programs put before the domain.
    private static readonly string[] Labels = ["autoconfig.", "autodiscover."];

    public static void MapClientSetup(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/mail/config-v1.1.xml", AutoconfigAsync).AllowAnonymous();
        endpoints.MapGet("/.well-known/autoconfig/mail/config-v1.1.xml", AutoconfigAsync).AllowAnonymous();
        // Routes are compared without regard to case, as programs write them in any.
        endpoints.MapPost("/autodiscover/autodiscover.xml", AutodiscoverAsync).AllowAnonymous();
        endpoints.MapGet("/autodiscover/autodiscover.json", RedirectionAsync).AllowAnonymous();
        endpoints.MapGet("/autodiscover/autodiscover.json/v1.0/{user}", RedirectionAsync).AllowAnonymous();
    }

    /// <summary>Of the domain whose name the request has, or that the address in it is of: a program may ask under the panel's own name.</summary>
    private static async Task AutoconfigAsync(HttpContext context)
    {
        if (await OfHostAsync(context) is var (domain, servers)) await AnswerAsync(context, Xml, AutoconfigFile.Of(domain, servers));
        else context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static async Task AutodiscoverAsync(HttpContext context)
    {
        var found = Autodiscover.AddressIn(await QuestionAsync(context.Request, context.RequestAborted)) is { } address && await OfAsync(context, address.Domain) is var (_, servers)
            ? Autodiscover.Settings(address, servers)
            : Autodiscover.Error(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        await AnswerAsync(context, Xml, found);
    }

    /// <summary>Autodiscover's second version only says where the first one is.</summary>
    private static async Task RedirectionAsync(HttpContext context)
    {
        var protocol = context.Request.Query["Protocol"].ToString();
        if (!string.Equals(protocol, "AutodiscoverV1", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await AnswerAsync(context, "application/json", JsonSerializer.Serialize(new { ErrorCode = "InvalidProtocol", ErrorMessage = "The only protocol is AutodiscoverV1." }));
            return;
        }
        var url = context.RequestServices.GetRequiredService<PanelSettings>().Url;
        await AnswerAsync(context, "application/json", JsonSerializer.Serialize(new { Protocol = "AutodiscoverV1", Url = $"{url}/autodiscover/autodiscover.xml" }));
    }

    private static async Task<(DomainName Domain, IReadOnlyList<ClientServer> Servers)?> OfHostAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        var label = Labels.FirstOrDefault(l => host.StartsWith(l, StringComparison.OrdinalIgnoreCase)) ?? "";
        if (DomainName.TryParse(host[label.Length..], out var named) && await OfAsync(context, named) is { } found) return found;

        return EmailAddress.TryParse(context.Request.Query["emailaddress"], out var address) ? await OfAsync(context, address.Domain) : null;
    }

    /// <summary>Null for a domain that is not here, has no mailboxes, or does not have its owners set up programs alone.</summary>
    private static async Task<(DomainName Domain, IReadOnlyList<ClientServer> Servers)?> OfAsync(HttpContext context, DomainName domain)
    {
        var ct = context.RequestAborted;
        var db = context.RequestServices.GetRequiredService<AdminDb>();
        const OwnerRights told = OwnerRights.DeviceSetup;
        if (!await db.Domains.AnyAsync(d => d.Name == domain && d.IsActive
            && ((d.Kind == DomainKind.Hosted && d.OwnerRights.HasFlag(told)) || (d.Kind == DomainKind.Alias && d.Target!.IsActive && d.Target.OwnerRights.HasFlag(told))), ct)) return null;

        var servers = ClientServers.Read(await context.RequestServices.GetRequiredService<ServerSettings>().ReadAsync(ct));
        return servers.Count == 0 ? null : (domain, servers);
    }

    /// <summary>As much of the question as any program writes; of a longer one the beginning, which is no XML.</summary>
    private static async Task<string> QuestionAsync(HttpRequest request, CancellationToken ct)
    {
        var octets = new byte[Autodiscover.MaxOctets];
        var read = await request.Body.ReadAtLeastAsync(octets, octets.Length, throwOnEndOfStream: false, ct);
        return Encoding.UTF8.GetString(octets, 0, read).TrimStart('\uFEFF');
    }

    private static Task AnswerAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
