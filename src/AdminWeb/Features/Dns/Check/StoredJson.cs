using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>How what name servers said is kept: states by their names, so that a later one between them changes nothing.</summary>
internal static class StoredJson
{
    private static readonly JsonSerializerOptions Layout = new() { Converters = { new JsonStringEnumConverter() } };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Layout);

    /// <param name="stored">Null: nobody has looked.</param>
    public static T? Read<T>(string? stored) where T : class => stored is null ? null : JsonSerializer.Deserialize<T>(stored, Layout);
}
