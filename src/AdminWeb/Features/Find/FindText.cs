namespace AdminPanel.Web.Features.Find;

/// <summary>The words of the search page: FindText.resx.</summary>
public sealed class FindText;
