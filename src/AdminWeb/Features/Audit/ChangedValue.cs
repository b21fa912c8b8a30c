using System.Text.Json;

namespace AdminPanel.Web.Features.Audit;

/// <summary>One value of an entry before and after; null where it was not, or is not.</summary>
public sealed record ChangedValue(string Name, string? Before, string? After)
{
    public bool IsChanged => Before != After;

    /// <summary>Every value of both, in the order they were written down; what is nested has names with dots.</summary>
    /// <param name="before">JSON, or null.</param>
    /// <param name="after">JSON, or null.</param>
    public static IReadOnlyList<ChangedValue> Of(string? before, string? after)
    {
        var (old, now) = (Flat(before), Flat(after));
        return [.. old.Keys.Union(now.Keys).Select(name => new ChangedValue(name, old.GetValueOrDefault(name), now.GetValueOrDefault(name)))];
    }

    private static Dictionary<string, string?> Flat(string? json)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (json is null) return values;

        using var document = JsonDocument.Parse(json);
        Add(values, "", document.RootElement);
        return values;
    }

    private static void Add(Dictionary<string, string?> values, string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            values[name] = Text(element);
            return;
        }
        foreach (var property in element.EnumerateObject()) Add(values, name.Length == 0 ? property.Name : $"{name}.{property.Name}", property.Value);
    }

    private static string? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Array => string.Join("\n", element.EnumerateArray().Select(Text)),
        JsonValueKind.String => element.GetString(),
        _ => element.GetRawText(),
    };
}
