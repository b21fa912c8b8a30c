namespace AdminPanel.Web.Features.Filters;

/// <summary>The words of the pages about rules for mail: FiltersText.resx.</summary>
public sealed class FiltersText;
