namespace AdminPanel.Web.Features.Aliases;

/// <summary>The words of the alias pages: AliasesText.resx.</summary>
public sealed class AliasesText;
