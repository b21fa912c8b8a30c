namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>The words of the pages about addresses of one's own: OwnAliasesText.resx.</summary>
public sealed class OwnAliasesText;
