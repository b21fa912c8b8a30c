namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>Names the wording of this feature: RecycleBinText.resx.</summary>
public sealed class RecycleBinText;
