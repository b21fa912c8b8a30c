namespace AdminPanel.Web.Features.Shared;

/// <summary>The first of many names, and how many there are in all.</summary>
public sealed record NameList(IReadOnlyList<string> First, int Count)
{
    public int More => Math.Max(0, Count - First.Count);
}
