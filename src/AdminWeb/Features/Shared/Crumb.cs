namespace AdminPanel.Web.Features.Shared;

/// <summary>A step of the way to the page; without <paramref name="Url"/>, the page itself.</summary>
public sealed record Crumb(string Text, string? Url = null);
