namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>A record of tags, "v=DMARC1; p=none": their order and the space around them mean nothing (RFC 9989, RFC 8460 section 3, RFC 8461 section 3.1).</summary>
internal sealed class TagList
{
    private readonly List<(string Name, string Value)> tags;

    private TagList(List<(string Name, string Value)> tags) => this.tags = tags;

    /// <summary>Of "v=", which must come first; null where it does not.</summary>
    public string? Version => tags is [("v", var version), ..] ? version : null;

    public static TagList Read(string text) => new([.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(tag => tag.Split('=', 2, StringSplitOptions.TrimEntries)).Select(tag => (tag[0].ToLowerInvariant(), tag.Length == 2 ? tag[1] : ""))]);

    /// <summary>In lower case; of the first tag of that name; null where there is none.</summary>
    public string? Value(string name) => tags.Where(tag => tag.Name == name).Select(tag => tag.Value.ToLowerInvariant()).FirstOrDefault();

    public bool IsSame(TagList other) => tags.Order().SequenceEqual(other.tags.Order());
}
