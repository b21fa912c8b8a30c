namespace AdminPanel.Web.Features.AliasDomains;

/// <summary>The words of the alias domain pages: AliasDomainsText.resx.</summary>
public sealed class AliasDomainsText;
