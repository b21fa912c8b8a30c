namespace AdminPanel.Web.Features.Shared;

/// <summary>What the fields of a form are called, as the page shows them: whoever writes one down says it here, and what stands behind the fields can name them.</summary>
internal static class FormLabels
{
    private static readonly object Key = new();

    /// <param name="words">A value as people read it, where that differs from the value itself.</param>
    public static void Add(HttpContext context, string field, string label, Func<string, string?>? words = null) => All(context)[field] = (label, words ?? (value => value));

    /// <summary>Null where the form has no such field.</summary>
    public static (string Label, Func<string, string?> Words)? Find(HttpContext context, string field) => All(context).TryGetValue(field, out var found) ? found : null;

    private static Dictionary<string, (string, Func<string, string?>)> All(HttpContext context)
    {
        if (context.Items[Key] is Dictionary<string, (string, Func<string, string?>)> all) return all;

        all = new Dictionary<string, (string, Func<string, string?>)>(StringComparer.Ordinal);
        context.Items[Key] = all;
        return all;
    }
}
