using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace AdminPanel.Web.Features.Shared;

/// <summary>The icons that Assets.targets embeds, as SVG to write into a page.</summary>
public static partial class Icons
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <param name="name">A name of Bootstrap Icons that Assets.targets lists.</param>
    /// <exception cref="ArgumentException">Assets.targets does not list it.</exception>
    public static string Svg(string name) => Known.GetOrAdd(name, Read);

    private static string Read(string name)
    {
        using var stream = typeof(Icons).Assembly.GetManifestResourceStream($"icon.{name}")
            ?? throw new ArgumentException($"There is no icon {name}: list it in Assets.targets.", nameof(name));
        using var reader = new StreamReader(stream);
        var shapes = Shapes().Match(reader.ReadToEnd()).Groups[1].Value.Trim();
        return $"""<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{shapes}</svg>""";
    }

    [GeneratedRegex("<svg[^>]*>(.*)</svg>", RegexOptions.Singleline)]
    private static partial Regex Shapes();
}
