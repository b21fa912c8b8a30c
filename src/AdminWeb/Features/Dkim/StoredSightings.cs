using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPanel.Web.Features.Dns.Check;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>What name servers said of a key's record, as it is kept beside the key.</summary>
internal static class StoredSightings
{
    private static readonly JsonSerializerOptions Layout = new() { Converters = { new JsonStringEnumConverter() } };

    public static string Write(IReadOnlyList<RecordSighting> sightings) => JsonSerializer.Serialize(sightings, Layout);

    /// <param name="stored">Null: nobody has looked.</param>
    public static IReadOnlyList<RecordSighting> Read(string? stored) => stored is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<RecordSighting>>(stored, Layout) ?? [];
}
