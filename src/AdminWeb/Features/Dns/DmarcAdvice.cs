namespace AdminPanel.Web.Features.Dns;

/// <summary>What a DMARC record does, and what comes after it, in words: from watching to refusing, one step at a time.</summary>
public static class DmarcAdvice
{
    /// <summary>What others do with mail that fails.</summary>
    public static string Says(DomainDns domain) => RecordWords.Word($"DmarcSays{domain.Dmarc}");

    /// <summary>Who hears of it.</summary>
    public static string Reports(DomainDns domain) => domain.DmarcReports is { } reader
        ? RecordWords.Word("DmarcReported", reader.Unicode)
        : RecordWords.Word("DmarcUnreported", $"{DnsRows.DmarcReader}@{domain.Name.Unicode}");

    /// <summary>What the next step needs.</summary>
    public static string Next(DomainDns domain) => RecordWords.Word($"DmarcNext{domain.Dmarc}");
}
