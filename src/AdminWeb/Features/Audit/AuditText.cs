namespace AdminPanel.Web.Features.Audit;

/// <summary>The words of the audit list: AuditText.resx.</summary>
public sealed class AuditText;
