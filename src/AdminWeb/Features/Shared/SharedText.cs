namespace AdminPanel.Web.Features.Shared;

/// <summary>Words that more than one feature says: SharedText.resx.</summary>
public sealed class SharedText;
