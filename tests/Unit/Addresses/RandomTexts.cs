using System.Text;
using Xunit;

namespace AdminPanel.Tests.Unit.Addresses;

/// <summary>10,000 texts from a seed that a failure prints: short ones of letters, dots, signs, controls, other scripts and broken surrogates.</summary>
internal static class RandomTexts
{
    private const int Count = 10_000;

    private static readonly string[] Pieces =
    [
        "a", "B", "9", ".", "..", "-", "--", "_", "+", "@", "\"", "\\", "'", "%", " ", "\t", "\0", "\n", "xn--", "xn--mnchen-3ya", "example", "org",
        "ä", "u\u0308", "ß", "ſ", "İ", "K", "ﬁ", "用", "ω", "Σ", "ک", "\u200C", "\u200D", "\u202E", "\u00AD", "。", "．", "🐟", "\ud800", "\udc00", "\uFFFD",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];

    public static void Check(Func<string, bool> holds)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < Count; i++)
        {
            var text = Next(random);
            Assert.True(holds(text), $"seed {seed}, text {i}: {Readable(text)}");
        }
    }

    private static string Next(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(12); i >= 0; i--)
        {
            // Half the time plain letters and dots, or nothing would ever be good.
            var piece = random.Next(2) == 0 ? Pieces[random.Next(Pieces.Length)] : ((char)('a' + random.Next(26))).ToString();
            text.Append(random.Next(8) == 0 ? "." : piece);
        }
        return text.ToString();
    }

    private static string Readable(string text) => string.Concat(text.Select(c => c is > ' ' and < '\u007f' ? c.ToString() : $"\\u{(int)c:x4}"));
}
