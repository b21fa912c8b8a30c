using System.Text.Json;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>What the last apply has put in force: applied.json in its directory.</summary>
/// <param name="Tree">Its name.</param>
/// <param name="Version">Of the panel's settings that it was rendered from.</param>
/// <param name="Certificate">SHA-256 of the TLS certificate and key that the daemons were told to read.</param>
/// <param name="Places">Where its links are, by path in the tree.</param>
/// <param name="Daemons">As they run since.</param>
internal sealed record Applied(string Tree, long Version, string Certificate, IReadOnlyDictionary<string, string> Places, IReadOnlyList<Daemon> Daemons)
{
    private const string Name = "applied.json";

    /// <returns>Null before the first apply.</returns>
    public static Applied? Read(string directory) => StateFile.Read<Applied>(Path.Combine(directory, Name));

    public void Write(string directory) => StateFile.Write(Path.Combine(directory, Name), this);
}

/// <summary>What an apply writes down for the next one: JSON, whole or not at all.</summary>
internal static class StateFile
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <returns>Null where there is none.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static T? Read<T>(string path) where T : class
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), Layout);
        }
        catch (JsonException e)
        {
            throw new IOException($"{path} cannot be read: {e.Message} If nobody knows what it was, remove it and run adminpanel apply --replace.", e);
        }
    }

    public static void Write<T>(string path, T value) => ConfigFile.Write(path, JsonSerializer.Serialize(value, Layout) + "\n", ConfigFile.AllRead);
}
