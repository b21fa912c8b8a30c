namespace AdminPanel.Web.Features.Shared;

/// <summary>One sentence for each problem code, which says the repair: ProblemText.resx.</summary>
public sealed class ProblemText;
