namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>A record of tags, "v=DMARC1; p=none": their order and the space around them mean nothing, and their names are as they are written (RFC 6376 section 3.2, RFC 9989, RFC 8460 section 3, RFC 8461 section 3.1).</summary>
internal sealed class TagList
{
    private readonly List<(string Name, string Value)> tags;

    private TagList(List<(string Name, string Value)> tags, bool isWhole) => (this.tags, IsWhole) = (tags, isWhole);

    /// <summary>Whether everything in it is a tag with a value, and none stands twice: else DKIM and DMARC know no such record (RFC 6376 section 3.2).</summary>
    public bool IsWhole { get; }

    /// <summary>Of "v=", which must come first; null where it does not.</summary>
    public string? Version => tags is [("v", var version), ..] ? version : null;

    public static TagList Read(string text)
    {
        var parts = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(tag => tag.Split('=', 2, StringSplitOptions.TrimEntries)).ToList();
        return new([.. parts.Select(p => (p[0], p.Length == 2 ? p[1] : ""))], parts.All(p => p.Length == 2 && p[0].Length > 0) && parts.DistinctBy(p => p[0]).Count() == parts.Count);
    }

    /// <summary>As it is written; of the first tag of that name; null where there is none.</summary>
    public string? Written(string name) => tags.Where(tag => tag.Name == name).Select(tag => tag.Value).FirstOrDefault();

    /// <summary>In lower case; of the first tag of that name; null where there is none.</summary>
    public string? Value(string name) => Written(name)?.ToLowerInvariant();

    public bool IsSame(TagList other) => tags.Order().SequenceEqual(other.tags.Order());
}
