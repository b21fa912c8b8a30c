using System.Collections;
using System.Reflection;
using System.Text.Json;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Who changed something, and when, as the audit has it.</summary>
public sealed record Change(string Actor, DateTime At);

/// <summary>One field in which what was typed and what is stored now differ.</summary>
/// <param name="Name">Of the property: "Quota".</param>
/// <param name="TheyChanged">Since the form was opened; else only the typed value is new, and there is nothing to decide.</param>
/// <param name="KeepsTheirs">What the form proposes: theirs where nothing was typed.</param>
public sealed record StaleField(string Name, object? Mine, object? Theirs, bool TheyChanged, bool KeepsTheirs);

/// <summary>
/// A form whose thing somebody else saved first. The form carries what it was opened with (<see cref="Opened"/>), so both
/// changes are known: what only they changed stays theirs unless somebody says otherwise, and nothing that was typed is lost.
/// </summary>
/// <param name="Opened">JSON of what is stored now: what the form is opened with from here on.</param>
/// <param name="By">Null where the audit does not say, or not to this actor.</param>
public sealed record StaleForm(IReadOnlyList<StaleField> Fields, string Opened, Change? By)
{
    /// <summary>Name of the hidden field with what the form was opened with.</summary>
    public const string OpenedField = "Opened";

    /// <summary>Name of the boxes that say which fields stay theirs.</summary>
    public const string TheirsField = "Theirs";

    // What no form edits.
    private static readonly string[] Apart = ["Id", "Version"];

    /// <param name="opened">JSON of what the form was opened with; null or anything else where that is not known.</param>
    public static StaleForm Of<T>(string? opened, T mine, T theirs, Change? by) where T : notnull
    {
        var before = Read<T>(opened);
        var fields = Properties<T>().Select(p => (p.Name, Mine: p.GetValue(mine), Theirs: p.GetValue(theirs), Before: before is null ? null : p.GetValue(before)))
            .Where(f => !AreSame(f.Mine, f.Theirs))
            .Select(f => new StaleField(f.Name, f.Mine, f.Theirs, before is null || !AreSame(f.Before, f.Theirs), before is not null && AreSame(f.Before, f.Mine)));
        return new StaleForm([.. fields], Write(theirs), by);
    }

    /// <summary>What <see cref="Of"/> reads again.</summary>
    public static string Write(object form) => JsonSerializer.Serialize(form, form.GetType());

    /// <summary>What was typed, but for the fields that are to stay as they are stored.</summary>
    /// <param name="names">Names that the form does not have are passed over.</param>
    public static T Merge<T>(T mine, T theirs, IEnumerable<string?> names) where T : notnull
    {
        var merged = JsonSerializer.Deserialize<T>(Write(mine))!;
        foreach (var property in Properties<T>().IntersectBy(names, p => p.Name)) property.SetValue(merged, property.GetValue(theirs));
        return merged;
    }

    /// <summary>Makes a form one of the version that is stored, so that saving it once more is a decision.</summary>
    public static void Renew<T>(T form, long version) where T : notnull => typeof(T).GetProperty("Version")!.SetValue(form, version);

    private static IEnumerable<PropertyInfo> Properties<T>() =>
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && !Apart.Contains(p.Name));

    private static T? Read<T>(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? default : JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            // Somebody wrote it by hand: then it says nothing.
            return default;
        }
    }

    // An empty field is null after the round trip, and a browser sends lines with CR LF.
    private static bool AreSame(object? one, object? other) => (one, other) switch
    {
        (string or null, string or null) => Text((string?)one) == Text((string?)other),
        (IEnumerable a, IEnumerable b) => Lines(a).SequenceEqual(Lines(b)),
        _ => Equals(one, other),
    };

    // An empty line of a form says nothing.
    private static IEnumerable<string> Lines(IEnumerable values) => values.Cast<object>().Select(v => $"{v}").Where(v => v.Length > 0).Order(StringComparer.Ordinal);

    private static string Text(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
