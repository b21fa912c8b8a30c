namespace AdminPanel.Web.Features.Dkim;

/// <summary>The words of the DKIM pages: DkimText.resx.</summary>
public sealed class DkimText;
