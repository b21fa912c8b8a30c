namespace AdminPanel.Web.Features.Shared;

/// <summary>The rows of a page, and the list's query for the heads of its columns.</summary>
public sealed record RowTable<TRow>(IReadOnlyList<TRow> Rows, ListQuery Query);
