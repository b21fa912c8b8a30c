namespace AdminPanel.Web.Features.Overview;

/// <summary>The words of the overview: OverviewText.resx.</summary>
public sealed class OverviewText;
