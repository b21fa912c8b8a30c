using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdminPanel.Web.Features.Dns;

/// <summary>JSON for another program's API: names as they are written, and a key's "+" and "/" as themselves.</summary>
internal static class ExportJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";
}
