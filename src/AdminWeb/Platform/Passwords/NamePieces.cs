namespace AdminPanel.Web.Platform.Passwords;

/// <summary>What a name is made of: itself, its parts, and its parts without what stands between them.</summary>
internal static class NamePieces
{
    public static IReadOnlyList<string> Of(IEnumerable<string?> names)
    {
        var pieces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names.OfType<string>().Select(n => n.ToLowerInvariant()))
        {
            var parts = Parts(name);
            pieces.UnionWith([name, .. parts, string.Concat(parts)]);
        }
        return [.. pieces.Where(p => p.Length >= CommonWords.MinLength)];
    }

    private static List<string> Parts(string name)
    {
        List<string> parts = [];
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && char.IsLetterOrDigit(name[i])) continue;
            if (i > start) parts.Add(name[start..i]);
            start = i + 1;
        }
        return parts;
    }
}
