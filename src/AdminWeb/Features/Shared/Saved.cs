namespace AdminPanel.Web.Features.Shared;

/// <summary>What was saved: its id and the name people use for it.</summary>
public sealed record Saved(long Id, string Name);

/// <param name="GeneratedPassword">The password the panel made, to be shown once and never again; null when it was typed.</param>
public sealed record SavedWithPassword(long Id, string Name, string? GeneratedPassword);
