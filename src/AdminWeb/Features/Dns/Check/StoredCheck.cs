using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What is kept of the looks at a domain's records.</summary>
public sealed record StoredCheck
{
    private static readonly JsonSerializerOptions Layout = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>In the order in which people publish them.</summary>
    public IReadOnlyList<StoredRecord> Records { get; init; } = [];

    /// <param name="content">Null: nobody has looked.</param>
    public static StoredCheck Read(string? content) => content is null ? new() : JsonSerializer.Deserialize<StoredCheck>(content, Layout) ?? new();

    public string Write() => JsonSerializer.Serialize(this, Layout);
}
