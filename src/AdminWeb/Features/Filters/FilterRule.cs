using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Filters;

/// <summary>Whether one condition is enough.</summary>
public enum FilterMatch
{
    All,
    Any,
}

/// <summary>What of a message a condition looks at.</summary>
public enum FilterPart
{
    From,

    /// <summary>To or Cc.</summary>
    To,
    Subject,

    /// <summary>The line of the header that is named.</summary>
    Header,
    Larger,
    Smaller,

    /// <summary>The spam filter has marked it.</summary>
    Spam,
}

/// <summary>How a condition compares. Letters of ASCII are the same in upper and lower case.</summary>
public enum FilterTest
{
    Contains,
    ContainsNot,
    Is,
    IsNot,
    StartsWith,
    EndsWith,
}

/// <summary>Where mail of a rule goes.</summary>
public enum FilterDelivery
{
    /// <summary>Where it would have gone without the rule.</summary>
    Keep,

    /// <summary>Into the folder alone.</summary>
    Move,

    /// <summary>Into the folder, too.</summary>
    Copy,

    /// <summary>Into Trash, from where mail programs take it away one day.</summary>
    Trash,

    /// <summary>Nowhere here: it is lost, if it is not sent on.</summary>
    Nothing,
}

/// <summary>One condition.</summary>
/// <param name="Header">The name of the line; null but for <see cref="FilterPart.Header"/>.</param>
/// <param name="Value">What it is compared with; bytes where it is about the size; null for spam.</param>
public sealed record FilterCondition(FilterPart Part, FilterTest Test, string? Header, string? Value);

/// <summary>What a rule looks for and what it does; read and found to be sound by <see cref="FilterReading"/>.</summary>
public sealed record FilterRule
{
    /// <summary>Of <see cref="Conditions"/>.</summary>
    public const int MostConditions = 10;

    /// <summary>Of a value that mail is compared with, in characters.</summary>
    public const int MaxValue = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [JsonIgnore]
    public string Name { get; init; } = "";

    [JsonIgnore]
    public bool IsOn { get; init; } = true;

    public FilterMatch Match { get; init; }

    public required IReadOnlyList<FilterCondition> Conditions { get; init; }

    public FilterDelivery Delivery { get; init; }

    /// <summary>Its parts are separated by "/"; null where <see cref="Delivery"/> names none.</summary>
    public string? Folder { get; init; }

    public bool MarksRead { get; init; }

    public bool Flags { get; init; }

    /// <summary>An address; null where nothing is sent on.</summary>
    public string? SendsTo { get; init; }

    /// <summary>Whether the rules after it are passed over.</summary>
    public bool Stops { get; init; }

    /// <summary>A rule without it does not look at spam, which goes to Junk whoever claims to have sent it.</summary>
    [JsonIgnore]
    public bool LooksAtSpam => Conditions.Any(c => c.Part == FilterPart.Spam);

    /// <summary>Whether nothing is left of the message.</summary>
    [JsonIgnore]
    public bool ThrowsAway => Delivery == FilterDelivery.Nothing && SendsTo is null;

    public static FilterRule Of(MailboxFilter row) => JsonSerializer.Deserialize<FilterRule>(row.Rule, Json)! with { Name = row.Name, IsOn = row.IsOn };

    /// <summary>What <see cref="Of"/> reads again, without name and state.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);
}
