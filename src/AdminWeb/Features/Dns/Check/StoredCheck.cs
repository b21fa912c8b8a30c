using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What is kept of the looks at a domain's records.</summary>
public sealed record StoredCheck
{
    private static readonly JsonSerializerOptions Layout = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Of the zone at the last look.</summary>
    public ZoneSecurity Security { get; init; }

    /// <summary>What the domain's SPF record cost whoever checked it at the last look; null where it has to have none.</summary>
    public SpfCost? Spf { get; init; }

    /// <summary>In the order in which people publish them.</summary>
    public IReadOnlyList<StoredRecord> Records { get; init; } = [];

    /// <param name="content">Null: nobody has looked.</param>
    public static StoredCheck Read(string? content) => content is null ? new() : JsonSerializer.Deserialize<StoredCheck>(content, Layout) ?? new();

    public string Write() => JsonSerializer.Serialize(this, Layout);
}
