namespace AdminPanel.Web.Features.Dns;

/// <summary>How mail programs find their settings: SRV (RFC 6186, RFC 8314 section 5.1, RFC 5804 section 1.8) and the names that Thunderbird and Outlook ask.</summary>
internal static class ServiceRecords
{
    public static IEnumerable<DnsRecord> Of(DomainDns domain, ServerDns server)
    {
        foreach (var service in server.Services) yield return Service(domain, server, service);
        if (server.WebHost is not { } web) yield break;

        var host = WantedRecords.Absolute(web);
        yield return WantedRecords.Record(domain, RecordPurpose.Autoconfig, RecordNeed.Optional, "autoconfig", new RecordData.Cname(host));
        yield return WantedRecords.Record(domain, RecordPurpose.Autodiscover, RecordNeed.Optional, "autodiscover", new RecordData.Cname(host));
        yield return WantedRecords.Record(domain, RecordPurpose.Autodiscover, RecordNeed.Optional, "_autodiscover._tcp", new RecordData.Srv(0, 1, 443, host)) with { Subject = "_autodiscover" };
    }

    // A target of "." says that the service is decidedly not here (RFC 6186 section 3.4), which ends a program's guessing.
    private static DnsRecord Service(DomainDns domain, ServerDns server, OfferedService service)
    {
        var name = $"{service.Label}._tcp";
        var record = service.Port is { } port
            ? WantedRecords.Record(domain, RecordPurpose.Service, service.IsPreferred ? RecordNeed.Recommended : RecordNeed.Optional, name, new RecordData.Srv(0, 1, port, WantedRecords.Absolute(server.HostName)))
            : WantedRecords.Record(domain, RecordPurpose.ServiceNotOffered, RecordNeed.Optional, name, new RecordData.Srv(0, 0, 0, "."));
        return record with { Subject = service.Label };
    }
}
