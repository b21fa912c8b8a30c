using System.Text.Json;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>
/// Words that people make passwords of: the commonest passwords of the world, German words and first names, each with
/// its place in the order in which somebody who guesses would try them. Part of the program: nothing is asked of a network.
/// </summary>
internal sealed class CommonWords
{
    /// <summary>Shorter ones say nothing: their letters are tried as soon as they are.</summary>
    public const int MinLength = 3;

    // What is tried first at a mail server, in front of what was counted elsewhere.
    private static readonly string[] TriedFirst =
    [
        "password", "passwort", "kennwort", "geheim", "secret", "welcome", "willkommen", "hallo", "hello", "letmein", "changeme", "admin", "administrator", "root", "test", "login",
        "mail", "email", "mailbox", "postfach", "postmaster", "webmaster", "service", "office", "info", "kontakt", "start", "server", "adminpanel", "sommer", "winter", "herbst",
        "frühling", "fruehling", "summer", "spring", "autumn",
    ];

    private static readonly Lazy<CommonWords> bundled = new(() => new CommonWords());

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> places;

    private CommonWords()
    {
        // A frozen one is found in no sooner and takes ten times as long to make, which a verb of the shell would wait for.
        var found = new Dictionary<string, int>(70_000, StringComparer.Ordinal);
        Add(TriedFirst, place: i => i);
        Add(Read("passwords"), place: i => i);
        Add(Read("words-de"), place: i => i);
        // In the order of the alphabet: each of them is anywhere among them.
        var names = Read("names-de");
        Add(names, place: _ => names.Count / 2);
        MaxLength = found.Keys.Max(w => w.Length);
        places = found.GetAlternateLookup<ReadOnlySpan<char>>();

        void Add(IReadOnlyList<string> words, Func<int, int> place)
        {
            for (var i = 0; i < words.Count; i++)
            {
                if (words[i].Length >= MinLength && !(found.TryGetValue(words[i], out var before) && before <= place(i) + 1)) found[words[i]] = place(i) + 1;
            }
        }
    }

    /// <summary>Read when first asked for, which takes some tens of milliseconds: a server asks while it starts.</summary>
    public static CommonWords Bundled => bundled.Value;

    /// <summary>Of the longest one, in UTF-16 units.</summary>
    public int MaxLength { get; }

    /// <param name="word">In lower case.</param>
    /// <returns>How many guesses a list of this kind takes to come to the word, from 1; null where none has it.</returns>
    public int? PlaceOf(ReadOnlySpan<char> word) => places.TryGetValue(word, out var place) ? place : null;

    private static List<string> Read(string list)
    {
        using var file = typeof(CommonWords).Assembly.GetManifestResourceStream("words." + list)!;
        var json = new byte[file.Length];
        file.ReadExactly(json);
        var reader = new Utf8JsonReader(json);
        var words = new List<string>(50_000);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.String) words.Add(reader.GetString()!);
        }
        return words;
    }
}
