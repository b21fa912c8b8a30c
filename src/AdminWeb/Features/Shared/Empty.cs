namespace AdminPanel.Web.Features.Shared;

/// <summary>What stands where a table would: nothing there yet, or nothing that matches.</summary>
/// <param name="Action">The words of the way on; null where the reader may not take it.</param>
public sealed record Empty(string Icon, string Title, string Text, string? Action = null, string? Url = null, bool IsPrimary = true);
