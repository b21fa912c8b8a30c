using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Reads the texts of an input, and collects what is wrong with them: all at once, so that a form is mended once.</summary>
internal sealed class Reading
{
    /// <summary>Sentences at one field; a list of addresses may hold thousands that are wrong, and nobody reads so many.</summary>
    private const int Most = 10;

    private readonly List<Problem> problems = [];

    /// <summary>How many more there are, by field.</summary>
    private readonly SortedDictionary<string, int> further = new(StringComparer.Ordinal);

    public IReadOnlyList<Problem> Problems => [.. problems, .. further.Select(f => new Problem(f.Key, "FurtherProblems", f.Value))];

    public bool HasProblems => problems.Count > 0;

    public void Add(Problem? problem)
    {
        if (problem is null) return;
        if (problems.Count(p => p.Field == problem.Field) < Most) problems.Add(problem);
        else further[problem.Field] = further.GetValueOrDefault(problem.Field) + 1;
    }

    public DomainName? Domain(string field, string? text)
    {
        if (DomainName.TryParse(text, out var domain, out var fault)) return domain;

        Add(new Problem(field, fault == AddressFault.Empty ? "DomainEmpty" : fault.ToString(), (text ?? "").Trim()));
        return null;
    }

    public LocalPart? LocalPart(string field, string? text)
    {
        if (Data.Addresses.LocalPart.TryParse(text, out var localPart, out var fault)) return localPart;

        Add(new Problem(field, fault == AddressFault.Empty ? "LocalPartEmpty" : fault.ToString(), (text ?? "").Trim()));
        return null;
    }

    /// <summary>What an admin signs in with.</summary>
    public string? Login(string field, string? text)
    {
        if (LoginName.TryNormalize(text, out var login, out var fault)) return login;

        Add(fault switch
        {
            AddressFault.Empty => new Problem(field, "LoginEmpty"),
            AddressFault.LocalPartTooLong or AddressFault.DomainTooLong => new Problem(field, "LoginTooLong", LoginName.MaxOctets),
            _ => new Problem(field, "LoginUnreadable", (text ?? "").Trim()),
        });
        return null;
    }

    /// <summary>A count of zero or more; null where the text is empty.</summary>
    public int? Count(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return count;

        Add(text.Trim().All(char.IsAsciiDigit) ? new Problem(field, "NumberTooLarge", int.MaxValue) : new Problem(field, "NumberUnreadable", text.Trim()));
        return null;
    }

    /// <summary>Bytes; null where the text is empty.</summary>
    public long? Size(string field, string? text, long max)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (!ByteSize.TryParse(text, out var size, out var isTooLarge) && !isTooLarge) Add(new Problem(field, "SizeUnreadable", text.Trim()));
        else if (isTooLarge || size.Bytes > max) Add(new Problem(field, "SizeTooLarge", new ByteSize(max)));
        else return size.Bytes;
        return null;
    }

    /// <summary>One line for people: trimmed, null where empty.</summary>
    public string? Note(string field, string? text, int maxLength = 255) => Words(field, text?.Trim(), maxLength, char.IsControl, "TextCharacter");

    /// <summary>Lines for people, ended by LF: trimmed, null where empty.</summary>
    public string? Text(string field, string? text, int maxLength) =>
        Words(field, text?.ReplaceLineEndings("\n").Trim(), maxLength, c => c != '\n' && char.IsControl(c), "TextControl");

    private string? Words(string field, string? text, int maxLength, Func<char, bool> isWrong, string whenWrong)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (text.Length > maxLength) Add(new Problem(field, "TextTooLong", maxLength));
        else if (text.Any(c => isWrong(c) || (char.IsSurrogate(c) && !IsPaired(text)))) Add(new Problem(field, whenWrong));
        else return text;
        return null;
    }

    private static bool IsPaired(string text) => text.EnumerateRunes().All(r => r != System.Text.Rune.ReplacementChar) || text.Contains('\uFFFD', StringComparison.Ordinal);
}
