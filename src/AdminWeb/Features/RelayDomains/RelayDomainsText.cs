namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>The words of the relay domain pages: RelayDomainsText.resx.</summary>
public sealed class RelayDomainsText;
