namespace AdminPanel.Web.Features.Dns;

/// <summary>The words about DNS records: DnsText.resx.</summary>
public sealed class DnsText;
