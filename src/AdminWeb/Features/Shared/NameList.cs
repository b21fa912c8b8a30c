namespace AdminPanel.Web.Features.Shared;

/// <summary>The first of many names, and how many there are in all.</summary>
public sealed record NameList(IReadOnlyList<string> First, int Count)
{
    private const int FitsAColumn = 30;

    /// <summary>Whether a name would not fit a column: then each stands on a line of its own.</summary>
    public bool IsLong => First.Any(n => n.Length > FitsAColumn);

    public int More => Math.Max(0, Count - First.Count);
}
