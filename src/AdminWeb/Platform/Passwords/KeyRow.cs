namespace AdminPanel.Web.Platform.Passwords;

/// <summary>Signs that follow one another: in the alphabet, among the digits, or on a keyboard, forwards or backwards.</summary>
internal struct KeyRow
{
    // Rows of English and German keyboards, and their columns as a finger goes down.
    private static readonly string[] Keys = ["qwertyuiop", "qwertzuiopü", "asdfghjkl", "asdfghjklöä", "zxcvbnm", "yxcvbnm", "1234567890", "1qaz", "1qay", "2wsx", "3edc", "4rfv", "5tgb", "6zhn", "6yhn", "7ujm"];

    private static readonly HashSet<(char From, char To)> forward = Pairs(1);

    private static readonly HashSet<(char From, char To)> backward = Pairs(-1);

    private int up;

    private int down;

    private int keys;

    private int keysBack;

    /// <summary>Goes on by one sign.</summary>
    /// <param name="text">In lower case.</param>
    /// <returns>How many signs that end here are one row.</returns>
    public int Extend(ReadOnlySpan<char> text, int at)
    {
        if (at == 0) return up = down = keys = keysBack = 1;

        var (before, now) = (text[at - 1], text[at]);
        up = now - before == 1 ? up + 1 : 1;
        down = now - before == -1 ? down + 1 : 1;
        keys = forward.Contains((before, now)) ? keys + 1 : 1;
        keysBack = backward.Contains((before, now)) ? keysBack + 1 : 1;
        return Math.Max(Math.Max(up, down), Math.Max(keys, keysBack));
    }

    private static HashSet<(char From, char To)> Pairs(int step) =>
        [.. Keys.SelectMany(row => Enumerable.Range(1, row.Length - 1).Select(i => step > 0 ? (row[i - 1], row[i]) : (row[i], row[i - 1])))];
}
