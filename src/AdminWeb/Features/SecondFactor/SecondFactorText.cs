namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>The words of the pages about the second factor: SecondFactorText.resx.</summary>
public sealed class SecondFactorText;
