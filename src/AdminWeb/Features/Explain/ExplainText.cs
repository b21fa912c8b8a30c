namespace AdminPanel.Web.Features.Explain;

/// <summary>The words of explanations: ExplainText.resx.</summary>
public sealed class ExplainText;
