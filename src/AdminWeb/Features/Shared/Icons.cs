using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// The icons that Assets.targets embeds, as one picture that a browser fetches once. A page names the shape: written
/// out, its icons would be half of what a page weighs.
/// </summary>
public static partial class Icons
{
    private const string Path = "/icons.svg";
    private const string Prefix = "icon.";

    private static readonly byte[] Sheet = Read();

    // Of what is in it, so that a browser may keep it for good.
    private static readonly string Version = Convert.ToHexStringLower(SHA256.HashData(Sheet))[..10];

    private static readonly FrozenDictionary<string, string> Known = Names().ToFrozenDictionary(
        name => name, name => $"""<svg class="icon" aria-hidden="true" focusable="false"><use href="{Path}?v={Version}#{name}"/></svg>""");

    /// <param name="name">A name of Bootstrap Icons that Assets.targets lists.</param>
    /// <exception cref="ArgumentException">Assets.targets does not list it.</exception>
    public static string Svg(string name) => Known.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no icon {name}: list it in Assets.targets.", nameof(name));

    public static void MapIcons(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, context =>
    {
        context.Response.ContentType = "image/svg+xml";
        // A page of another version, as while panels are renewed one by one, asks again.
        context.Response.Headers.CacheControl = context.Request.Query["v"] == Version ? "public, max-age=31536000, immutable" : "no-cache";
        return context.Response.Body.WriteAsync(Sheet, context.RequestAborted).AsTask();
    }).AllowAnonymous().ShortCircuit();

    private static IEnumerable<string> Names() =>
        typeof(Icons).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..]).Order(StringComparer.Ordinal);

    private static byte[] Read() =>
        Encoding.UTF8.GetBytes($"""<svg xmlns="http://www.w3.org/2000/svg">{string.Concat(Names().Select(n => $"""<symbol id="{n}" viewBox="0 0 16 16">{Shapes(n)}</symbol>"""))}</svg>""");

    private static string Shapes(string name)
    {
        using var reader = new StreamReader(typeof(Icons).Assembly.GetManifestResourceStream(Prefix + name)!);
        return Inner().Match(reader.ReadToEnd()).Groups[1].Value.Trim();
    }

    [GeneratedRegex("<svg[^>]*>(.*)</svg>", RegexOptions.Singleline)]
    private static partial Regex Inner();
}
