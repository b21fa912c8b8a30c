using System.Globalization;
using System.Text.RegularExpressions;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>Names of keys: RFC 6376 section 3.1, in lower case.</summary>
public static partial class DkimSelector
{
    /// <returns>The stored form; null where it is not one or more DNS labels.</returns>
    public static string? Read(string? text)
    {
        var selector = (text ?? "").Trim().ToLowerInvariant();
        return selector.Length <= DkimKey.MaxSelector && Shape().IsMatch(selector) ? selector : null;
    }

    /// <summary>The first that is free of "s2026a", "s2026b" and so on; Ed25519 keys begin with "e", so that both kinds can change in step.</summary>
    public static string Next(DkimAlgorithm algorithm, int year, IReadOnlyCollection<string> taken)
    {
        var stem = string.Create(CultureInfo.InvariantCulture, $"{(algorithm == DkimAlgorithm.Rsa ? 's' : 'e')}{year}");
        return Enumerable.Range(0, taken.Count + 1).Select(n => stem + Letters(n)).First(name => !taken.Contains(name));
    }

    // a to z, then aa, ab.
    private static string Letters(int n) => n < 26 ? ((char)('a' + n)).ToString() : Letters((n / 26) - 1) + Letters(n % 26);

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\z")]
    private static partial Regex Shape();
}
