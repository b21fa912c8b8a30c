using System.Text;

namespace MariaDb.Client.Sql;

/// <summary>
/// Reads SQL just well enough to tell parameters from everything that only looks like one: strings, quoted names,
/// comments, system variables (@@name) and user variables, which have to be written @`name`.
/// </summary>
internal sealed class SqlScanner(string text)
{
    private readonly StringBuilder output = new(text.Length);
    private readonly List<string> names = [];
    private int position;

    public string Output => output.ToString();

    public IReadOnlyList<string> Names => names;

    /// <summary>In upper case; empty when there is no word.</summary>
    public string FirstWord { get; private set; } = "";

    /// <summary>There is a comment that the server executes.</summary>
    public bool HasHiddenCode { get; private set; }

    /// <summary>There is a user variable or a call that takes or frees a lock.</summary>
    public bool TouchesSession { get; private set; }

    public void Scan()
    {
        while (position < text.Length)
        {
            var c = text[position];
            if (c is '\'' or '"') Copy(EndOfString(c));
            else if (c == '`') Copy(EndOfName());
            else if (c == '#' || (c == '-' && IsDashComment())) Copy(EndOfLine());
            else if (c == '/' && At(1) == '*') Copy(EndOfComment());
            else if (c == '@') Variable();
            else if (IsWordStart(c)) Word();
            else if (char.IsAsciiDigit(c)) Copy(EndOfWord(position));
            else if (c == '?') throw new MariaDbException(0, "42000", "Positional parameters (?) are not supported: name them, as in @name.");
            else Copy(position + 1);
        }
    }

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c is '_' or '$' || c >= 0x80;

    private static bool IsWordPart(char c) => IsWordStart(c) || char.IsAsciiDigit(c);

    private char At(int distance) => position + distance < text.Length ? text[position + distance] : '\0';

    private void Copy(int end)
    {
        output.Append(text, position, end - position);
        position = end;
    }

    private void Variable()
    {
        if (At(1) == '@')
        {
            Copy(EndOfWord(position + 2));
        }
        else if (IsWordPart(At(1)))
        {
            var end = EndOfWord(position + 1);
            names.Add(text[(position + 1)..end]);
            output.Append('?');
            position = end;
        }
        else
        {
            TouchesSession = true;
            Copy(position + 1);
        }
    }

    private void Word()
    {
        var end = EndOfWord(position);
        var word = text.AsSpan(position, end - position);
        if (FirstWord.Length == 0) FirstWord = word.ToString().ToUpperInvariant();
        if (word.EndsWith("_LOCK", StringComparison.OrdinalIgnoreCase) || word.Equals("RELEASE_ALL_LOCKS", StringComparison.OrdinalIgnoreCase)) TouchesSession = true;
        Copy(end);
    }

    private int EndOfWord(int start)
    {
        while (start < text.Length && IsWordPart(text[start])) start++;
        return start;
    }

    /// <summary>A doubled quote goes on with the string by starting a new one at once; a backslash takes its next character along.</summary>
    private int EndOfString(char quote)
    {
        var end = position + 1;
        while (end < text.Length && text[end] != quote) end += text[end] == '\\' ? 2 : 1;
        return Math.Min(end + 1, text.Length);
    }

    private int EndOfName()
    {
        var end = text.IndexOf('`', position + 1);
        return end < 0 ? text.Length : end + 1;
    }

    private bool IsDashComment() => At(1) == '-' && (position + 2 == text.Length || char.IsWhiteSpace(text[position + 2]) || char.IsControl(text[position + 2]));

    private int EndOfLine()
    {
        var end = text.IndexOf('\n', position);
        return end < 0 ? text.Length : end + 1;
    }

    private int EndOfComment()
    {
        if (At(2) == '!' || (At(2) == 'M' && At(3) == '!')) HasHiddenCode = true;
        var end = text.IndexOf("*/", position + 2, StringComparison.Ordinal);
        return end < 0 ? text.Length : end + 2;
    }
}
