namespace AdminPanel.Web.Platform.Passwords;

/// <summary>
/// How many guesses somebody needs who knows what people make passwords of: common words, names, years, rows of keys and
/// of numbers, the same again. The cheapest way to put the password together from such pieces is what it is worth, as in
/// zxcvbn (Wheeler, USENIX Security 2016); a piece that is none of them is tried sign by sign.
/// </summary>
public static class GuessEstimate
{
    /// <summary>
    /// UTF-16 units that are looked at. More of a password only adds guesses, and what a visitor sends costs no more than
    /// some hundred microseconds.
    /// </summary>
    public const int MaxRead = 128;

    // Of one sign that is part of nothing, in bits: log2 of how many of its kind are tried.
    private const double Letter = 4.7;
    private const double Digit = 3.3;
    private const double Separator = 3;
    private const double Sign = 5;
    private const double Foreign = 5.5;
    private const double Year = 6;
    // Between two pieces: what goes together with what, and in which order.
    private const double Join = 1;
    private const double Capital = 1;
    // Where a row begins, and whether it goes up or down.
    private const double Row = 4;
    private const double Again = 2;
    private const double Name = 1;

    private const int MinRow = 3;
    private const int MaxPeriod = 32;

    /// <param name="password">Well-formed UTF-16.</param>
    /// <param name="names">What somebody who guesses knows of whom the password is for: addresses, domains, names.</param>
    /// <returns>Bits: the logarithm to base 2 of the guesses.</returns>
    public static double Bits(string password, IEnumerable<string?> names)
    {
        var written = password.AsSpan(0, Math.Min(password.Length, MaxRead));
        var spelled = new Spellings(written);
        var known = NamePieces.Of(names);
        Span<double> cheapest = stackalloc double[written.Length + 1];
        Span<int> same = stackalloc int[MaxPeriod + 1];
        same.Clear();
        var row = new KeyRow();
        cheapest[0] = 0;
        for (var end = 1; end <= written.Length; end++)
        {
            var at = end - 1;
            var best = cheapest[at] + Single(written[at]);
            for (var length = row.Extend(spelled.Plain, at); length >= MinRow; length--) Try(length, Row + Math.Log2(length), cheapest, end, ref best);
            if (end >= 4 && IsYear(written[(end - 4)..end])) Try(4, Year, cheapest, end, ref best);
            for (var period = 1; period <= Math.Min(MaxPeriod, at); period++)
            {
                same[period] = written[at] == written[at - period] ? same[period] + 1 : 0;
                if (same[period] >= period) Try(same[period], Again + Math.Log2((same[period] / period) + 1), cheapest, end, ref best);
            }
            for (var length = CommonWords.MinLength; length <= Math.Min(end, CommonWords.Bundled.MaxLength); length++)
            {
                if (spelled.PlaceOf(end - length, length) is { } bits) Try(length, bits + Case(written[(end - length)..end]), cheapest, end, ref best);
            }
            foreach (var piece in known)
            {
                if (spelled.Ends(piece, end)) Try(piece.Length, Name + Case(written[(end - piece.Length)..end]), cheapest, end, ref best);
            }
            cheapest[end] = best;
        }
        return cheapest[^1];
    }

    private static void Try(int length, double bits, ReadOnlySpan<double> cheapest, int end, ref double best) =>
        best = Math.Min(best, cheapest[end - length] + bits + (length < end ? Join : 0));

    private static double Single(char sign) => sign switch
    {
        >= 'a' and <= 'z' => Letter,
        >= 'A' and <= 'Z' => Letter + Capital,
        >= '0' and <= '9' => Digit,
        ' ' or '-' or '_' or '.' or '!' or ',' or '?' => Separator,
        < '\x80' => Sign,
        _ => Foreign,
    };

    // A word with a capital, or in capitals, is tried next; capitals in between are tried one by one.
    private static double Case(ReadOnlySpan<char> word)
    {
        var upper = 0;
        foreach (var sign in word) upper += char.IsUpper(sign) ? 1 : 0;
        if (upper == 0) return 0;
        return upper == word.Length || (upper == 1 && char.IsUpper(word[0])) ? Capital : Capital + Math.Min(upper, word.Length - upper);
    }

    private static bool IsYear(ReadOnlySpan<char> text) => int.TryParse(text, System.Globalization.NumberStyles.None, null, out var year) && year is >= 1900 and <= 2059;
}
