namespace AdminPanel.Web.Features.Export;

/// <summary>The headings of exported tables: ExportText.resx.</summary>
public sealed class ExportText;
