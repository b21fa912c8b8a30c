namespace AdminPanel.Web.Features.Domains;

/// <summary>The words of the domain pages: DomainsText.resx.</summary>
public sealed class DomainsText;
