namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>A record as the page shows it.</summary>
/// <param name="Check">Null where nobody has asked the name servers.</param>
public sealed record ShownRecord(DnsRecord Record, CheckedRecord? Check);
