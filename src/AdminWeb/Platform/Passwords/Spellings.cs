namespace AdminPanel.Web.Platform.Passwords;

/// <summary>A password as it may be read: in lower case, with digits and signs as the letters that they look like, from behind.</summary>
internal readonly ref struct Spellings
{
    // Another spelling of a word is tried right after the word.
    private const double OtherSpelling = 1;

    // One stands for i as often as for l.
    private const string Signs = "4@301!|5$7+89";
    private const string AsLetters = "aaeoiiissttbg";
    private const string AsLettersToo = "aaeolllssttbg";

    private readonly char[] plain;
    private readonly char[] letters;
    private readonly char[] lettersToo;

    public Spellings(ReadOnlySpan<char> written)
    {
        plain = new char[written.Length];
        written.ToLowerInvariant(plain);
        letters = [.. plain.Select(sign => Read(sign, AsLetters))];
        lettersToo = [.. plain.Select(sign => Read(sign, AsLettersToo))];
    }

    /// <summary>In lower case.</summary>
    public ReadOnlySpan<char> Plain => plain;

    /// <summary>What it costs to guess a part as a common word, in bits; null where it is none.</summary>
    public double? PlaceOf(int start, int length)
    {
        ReadOnlySpan<char> word = plain.AsSpan(start, length);
        ReadOnlySpan<char> asLetters = letters.AsSpan(start, length);
        ReadOnlySpan<char> asLettersToo = lettersToo.AsSpan(start, length);
        var best = PlaceOf(word, 0);
        if (asLetters.SequenceEqual(word)) return best;

        best = Least(best, PlaceOf(asLetters, OtherSpelling));
        return asLettersToo.SequenceEqual(asLetters) ? best : Least(best, PlaceOf(asLettersToo, OtherSpelling));
    }

    /// <summary>True where <paramref name="piece"/> ends there, in one of the spellings.</summary>
    public bool Ends(string piece, int end) =>
        plain.AsSpan(0, end).EndsWith(piece) || letters.AsSpan(0, end).EndsWith(piece)
        || lettersToo.AsSpan(0, end).EndsWith(piece);

    private static double? PlaceOf(ReadOnlySpan<char> word, double more)
    {
        if (CommonWords.Bundled.PlaceOf(word) is { } place) return Math.Log2(place) + more;

        Span<char> behind = stackalloc char[word.Length];
        word.CopyTo(behind);
        behind.Reverse();
        return CommonWords.Bundled.PlaceOf(behind) is { } other ? Math.Log2(other) + more + OtherSpelling : null;
    }

    private static double? Least(double? one, double? other) => one < other || other is null ? one : other;

    private static char Read(char sign, string letters) => Signs.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var i ? letters[i] : sign;
}
