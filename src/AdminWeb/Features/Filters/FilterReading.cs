using System.Globalization;
using System.Text.RegularExpressions;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Filters;

/// <summary>Makes a rule of what somebody typed, and says what is wrong with it.</summary>
internal static partial class FilterReading
{
    /// <summary>Of the name of a line of the header, in characters: RFC 5322 section 2.1.1 keeps a line to 78.</summary>
    private const int MaxHeader = 76;

    /// <summary>A folder with its parents, in characters.</summary>
    private const int MaxFolder = 120;

    /// <summary>One of them: in modified UTF-7 (RFC 3501 section 5.1.3) it has to stay under the 255 octets of a file name.</summary>
    private const int MaxFolderPart = 60;

    /// <summary>A number of a script (RFC 5228 section 2.4.1 asks for no more than 2 GB less one).</summary>
    private const long MaxSize = 1L << 30;

    /// <summary>What a condition about the size compares with.</summary>
    public static long Bytes(FilterCondition condition) => long.Parse(condition.Value!, CultureInfo.InvariantCulture);

    /// <param name="prefix">Of the fields' names.</param>
    public static FilterRule Read(RuleForm form, Reading reading, string prefix = "")
    {
        var name = reading.Note(prefix + nameof(RuleForm.Name), form.Name, MailboxFilter.MaxName);
        if (string.IsNullOrWhiteSpace(form.Name)) reading.Add(new Problem(prefix + nameof(RuleForm.Name), "FilterNameEmpty"));
        var sendsTo = ReadAddress(reading, prefix + nameof(RuleForm.SendsTo), form.SendsTo);
        var rule = new FilterRule
        {
            Name = name ?? "",
            IsOn = form.IsOn,
            Match = form.Match,
            Conditions = ReadConditions(form, reading, prefix),
            Delivery = form.Delivery,
            Folder = form.Delivery is FilterDelivery.Move or FilterDelivery.Copy ? ReadFolder(reading, prefix + nameof(RuleForm.Folder), form.Folder) : null,
            MarksRead = form.MarksRead,
            Flags = form.Flags,
            SendsTo = sendsTo,
            // Nothing is left for the others.
            Stops = form.Stops || (form.Delivery == FilterDelivery.Nothing && sendsTo is null),
        };
        if (rule is { Delivery: FilterDelivery.Keep, MarksRead: false, Flags: false, Stops: false } && string.IsNullOrWhiteSpace(form.SendsTo)) reading.Add(new Problem(prefix + nameof(RuleForm.Delivery), "FilterDoesNothing"));
        return rule;
    }

    private static List<FilterCondition> ReadConditions(RuleForm form, Reading reading, string prefix)
    {
        var conditions = new List<FilterCondition>();
        for (var i = 0; i < form.Conditions.Count; i++)
        {
            if (form.Conditions[i] is { Part: { } part } line && Read(line, part, reading, $"{prefix}{nameof(RuleForm.Conditions)}[{i}].") is { } condition) conditions.Add(condition);
        }
        var first = $"{prefix}{nameof(RuleForm.Conditions)}[0].{nameof(RuleLine.Part)}";
        if (form.Conditions.All(line => line?.Part is null)) reading.Add(new Problem(first, "FilterConditionsEmpty"));
        if (conditions.Count > FilterRule.MostConditions) reading.Add(new Problem(first, "FilterTooManyConditions", FilterRule.MostConditions));
        return conditions;
    }

    /// <returns>Null where it is wrong.</returns>
    private static FilterCondition? Read(RuleLine line, FilterPart part, Reading reading, string prefix)
    {
        var (header, value) = ((string?)null, prefix + nameof(RuleLine.Value));
        if (part == FilterPart.Spam) return new(part, FilterTest.Is, null, null);
        if (part is FilterPart.Larger or FilterPart.Smaller)
        {
            if (string.IsNullOrWhiteSpace(line.Value)) reading.Add(new Problem(value, "FilterSizeEmpty"));
            return reading.Size(value, line.Value, MaxSize) is { } bytes ? new(part, FilterTest.Is, null, bytes.ToString(CultureInfo.InvariantCulture)) : null;
        }
        if (part == FilterPart.Header)
        {
            header = line.Header?.Trim().TrimEnd(':') ?? "";
            if (!HeaderName().IsMatch(header)) reading.Add(new Problem(prefix + nameof(RuleLine.Header), "FilterHeaderUnreadable", MaxHeader));
        }
        if (string.IsNullOrWhiteSpace(line.Value)) reading.Add(new Problem(value, "FilterValueEmpty"));
        return reading.Note(value, line.Value, FilterRule.MaxValue) is { } text ? new(part, line.Test, header, text) : null;
    }

    private static string? ReadFolder(Reading reading, string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            reading.Add(new Problem(field, "FilterFolderEmpty"));
            return null;
        }
        if (reading.Note(field, text, MaxFolder)?.Normalize() is not { } folder) return null;

        var parts = folder.Split('/');
        // What no program can choose or name: wildcards of LIST (RFC 3501 section 6.3.8), homes, names of Maildir's own.
        if (parts.Any(p => p.Length is 0 or > MaxFolderPart || p.Trim() != p || p is "." or ".." || p.Contains('.', StringComparison.Ordinal)) || folder.IndexOfAny(['*', '%', '~']) >= 0)
            reading.Add(new Problem(field, "FilterFolderUnreadable", MaxFolderPart));
        return folder;
    }

    private static string? ReadAddress(Reading reading, string field, string? text)
    {
        var addresses = DestinationList.Read(reading, field, text, own: null, isRequired: false);
        if (addresses.Count > 1) reading.Add(new Problem(field, "FilterSendsToOne"));
        return addresses is [var only] ? only.Value : null;
    }

    // RFC 5322 section 3.6.8: printable US-ASCII without the colon.
    [GeneratedRegex(@"^[!-9;-~]{1,76}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderName();
}
