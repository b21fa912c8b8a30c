namespace AdminPanel.Web.Features.Dns;

/// <summary>What a DMARC record does, and what comes after it, in words: from watching to refusing, one step at a time.</summary>
public static class DmarcAdvice
{
    /// <summary>The steps in order. In a step that is a test others do what the one before says, and report what this one would have done (RFC 9989: t=y, in place of the withdrawn pct).</summary>
    public static readonly IReadOnlyList<(DmarcAction Action, bool IsTest)> Steps =
    [
        (DmarcAction.None, false),
        (DmarcAction.Quarantine, true),
        (DmarcAction.Quarantine, false),
        (DmarcAction.Reject, true),
        (DmarcAction.Reject, false),
    ];

    /// <summary>What others do with mail that fails.</summary>
    public static string Says(DomainDns domain) => RecordWords.Word($"DmarcSays{Step(domain)}");

    /// <summary>Who hears of it.</summary>
    public static string Reports(DomainDns domain) => domain.DmarcReports is { } reader
        ? RecordWords.Word("DmarcReported", reader.Unicode)
        : RecordWords.Word("DmarcUnreported", $"{DnsRows.DmarcReader}@{domain.Name.Unicode}");

    /// <summary>What the next step needs.</summary>
    public static string Next(DomainDns domain) => RecordWords.Word($"DmarcNext{Step(domain)}");

    private static string Step(DomainDns domain) => $"{domain.Dmarc}{(domain.IsDmarcTest && domain.Dmarc != DmarcAction.None ? "Test" : "")}";
}
