using System.Text;
using System.Text.Unicode;

namespace AdminPanel.Data.Addresses;

/// <summary>
/// Names that people take for another one. Two kinds are told: letters of several scripts in one label, but for the
/// mixtures that Japanese, Chinese and Korean are written in (UTS #39 section 5.2, "highly restrictive"), and a label
/// of nothing but Cyrillic or Greek letters that look like Latin ones (section 4).
/// </summary>
public static class LookAlike
{
    private const string Other = "";

    // Lower-case letters whose prototype in confusables.txt of UTS #39 is one of a to z.
    private const string TwinsOfLatin = "асԁеһіјӏорԛѕԝхуүѵгαγινορσυ";

    private static readonly (string Script, UnicodeRange[] Blocks)[] Scripts =
    [
        ("Latin",
            [UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement, UnicodeRanges.LatinExtendedA, UnicodeRanges.LatinExtendedB, UnicodeRanges.LatinExtendedAdditional,
                UnicodeRanges.IpaExtensions]),
        ("Greek", [UnicodeRanges.GreekandCoptic, UnicodeRanges.GreekExtended]),
        ("Cyrillic", [UnicodeRanges.Cyrillic, UnicodeRanges.CyrillicSupplement, UnicodeRanges.CyrillicExtendedA, UnicodeRanges.CyrillicExtendedB]),
        ("Armenian", [UnicodeRanges.Armenian]),
        ("Georgian", [UnicodeRanges.Georgian]),
        ("Hebrew", [UnicodeRanges.Hebrew]),
        ("Arabic", [UnicodeRanges.Arabic, UnicodeRanges.ArabicSupplement, UnicodeRanges.ArabicExtendedA]),
        ("Devanagari", [UnicodeRanges.Devanagari]),
        ("Bengali", [UnicodeRanges.Bengali]),
        ("Tamil", [UnicodeRanges.Tamil]),
        ("Thai", [UnicodeRanges.Thai]),
        ("Cherokee", [UnicodeRanges.Cherokee, UnicodeRanges.CherokeeSupplement]),
        ("Han", [UnicodeRanges.CjkUnifiedIdeographs, UnicodeRanges.CjkUnifiedIdeographsExtensionA, UnicodeRanges.CjkSymbolsandPunctuation]),
        ("Kana", [UnicodeRanges.Hiragana, UnicodeRanges.Katakana]),
        ("Bopomofo", [UnicodeRanges.Bopomofo]),
        ("Hangul", [UnicodeRanges.HangulSyllables, UnicodeRanges.HangulJamo]),
    ];

    private static readonly string[][] Together = [["Latin", "Han", "Kana"], ["Latin", "Han", "Bopomofo"], ["Latin", "Han", "Hangul"]];

    /// <summary>Whether a label mixes scripts that nobody writes together.</summary>
    public static bool IsMixed(string label)
    {
        var scripts = label.EnumerateRunes().Where(Rune.IsLetter).Select(ScriptOf).Distinct().ToList();
        return scripts.Count > 1 && !Together.Any(t => scripts.All(t.Contains));
    }

    /// <summary>Whether a label has no letter of its own look: all of them are twins of Latin ones.</summary>
    public static bool IsTwinOfLatin(string label)
    {
        var letters = label.EnumerateRunes().Where(Rune.IsLetter).ToList();
        return letters.Count > 0 && letters.All(l => l.IsBmp && TwinsOfLatin.Contains((char)l.Value, StringComparison.Ordinal));
    }

    private static string ScriptOf(Rune letter) =>
        Scripts.FirstOrDefault(s => s.Blocks.Any(b => letter.Value >= b.FirstCodePoint && letter.Value < b.FirstCodePoint + b.Length)).Script ?? Other;
}
