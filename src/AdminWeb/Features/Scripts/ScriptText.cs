namespace AdminPanel.Web.Features.Scripts;

/// <summary>The panel's sieve script of a mailbox (RFC 5228): what each feature has to say, one after the other.</summary>
public static class ScriptText
{
    /// <summary>The first line, by which the panel knows its own script.</summary>
    public const string Mark = "# Kept by the mail panel: what is changed here is lost.";

    /// <param name="parts">In the order in which they run; null: nothing of it.</param>
    /// <returns>Null where there is nothing to say.</returns>
    public static string? Render(params IReadOnlyList<ScriptPart?> parts)
    {
        var said = parts.OfType<ScriptPart>().ToList();
        if (said.Count == 0) return null;

        var requires = said.SelectMany(p => p.Requires).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var require = requires.Count == 0 ? "" : $"require [{string.Join(", ", requires.Select(SieveText.Quoted))}];\n";
        return $"{Mark}\n{require}{string.Concat(said.Select(p => p.Text))}".ReplaceLineEndings("\r\n");
    }
}
