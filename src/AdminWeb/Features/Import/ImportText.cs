namespace AdminPanel.Web.Features.Import;

/// <summary>The words of this feature: ImportText.resx.</summary>
public sealed class ImportText;
