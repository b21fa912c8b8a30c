using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>manifest.json: which daemons a tree is for, which files it has, whose they must be, what is in them and which settings they came from.</summary>
public static class Manifest
{
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

    private static void Write(Utf8JsonWriter json, RenderedFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("mode", Octal(file.Mode));
        json.WriteString("owner", file.Owner);
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text))));
        json.WriteStartArray("settings");
        foreach (var key in file.Settings.Order(StringComparer.Ordinal)) json.WriteStringValue(key);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
