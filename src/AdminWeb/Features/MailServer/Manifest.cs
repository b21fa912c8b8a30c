using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>What manifest.json says of one file.</summary>
/// <param name="Sha256">Of its contents, in hexadecimal.</param>
public sealed record ManifestEntry(string Owner, string Sha256);

/// <summary>manifest.json: which daemons a tree is for, which files it has, whose they must be, what is in them and which settings they came from.</summary>
public static class Manifest
{
    public const string Name = "manifest.json";

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n" };

    public static string Render(DaemonVersions versions, IReadOnlyList<RenderedFile> files)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
        {
            json.WriteStartObject();
            json.WriteString("dovecot", versions.Dovecot);
            json.WriteString("postfix", versions.Postfix);
            json.WriteStartArray("files");
            foreach (var file in files) Write(json, file);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>What it says of each file, by path.</summary>
    public static IReadOnlyDictionary<string, ManifestEntry> Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("files").EnumerateArray().ToDictionary(
            file => file.GetProperty("path").GetString()!, file => new ManifestEntry(file.GetProperty("owner").GetString()!, file.GetProperty("sha256").GetString()!), StringComparer.Ordinal);
    }

    public static string Sha256(ReadOnlySpan<byte> contents) => Convert.ToHexStringLower(SHA256.HashData(contents));

    private static void Write(Utf8JsonWriter json, RenderedFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("mode", Octal(file.Mode));
        json.WriteString("owner", file.Owner);
        json.WriteString("sha256", Sha256(Encoding.UTF8.GetBytes(file.Text)));
        json.WriteStartArray("settings");
        foreach (var key in file.Settings.Order(StringComparer.Ordinal)) json.WriteStringValue(key);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
