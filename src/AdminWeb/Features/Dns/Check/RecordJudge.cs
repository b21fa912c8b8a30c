using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>Compares an answer with what is wanted by what records mean, not by their text. SPF needs more questions: <see cref="SpfJudge"/>.</summary>
public static class RecordJudge
{
    private const string Root = ".";

    public static (RecordVerdict Verdict, IReadOnlyList<string> Found) Of(DnsRecord wanted, DnsAnswer answer)
    {
        if (answer.Status is DnsStatus.Failed or DnsStatus.Bogus) return (RecordVerdict.Failed, answer.Why is { } why ? [why] : []);

        return wanted.Data switch
        {
            RecordData.Txt text => Text(wanted.Purpose, text.Whole, [.. answer.Texts]),
            RecordData.Mx mx => Exchanger(mx, [.. answer.Exchangers]),
            RecordData.Srv service => Any([.. answer.Services.Select(s => $"{s.Port} {s.Target}.")], $"{service.Port} {(service.Target == Root ? Root : service.Target)}"),
            RecordData.Cname alias => Any([.. answer.Names.Select(name => name + ".")], alias.Target),
            RecordData.ReverseName reverse => Any([.. answer.Names.Select(name => name + ".")], reverse.Host),
            RecordData.Address address => Any([.. answer.Addresses.Select(ip => ip.ToString())], address.Ip.ToString(), othersAreGood: true),
            RecordData.Caa authority => Any([.. answer.Authorities.Where(a => a.Tag == authority.Tag).Select(a => a.Value.Split(';')[0].Trim())], authority.Value, othersAreGood: true),
            RecordData.Tlsa key => ServerKey(key, [.. answer.Data.Where(data => data.Length > 3).Select(data => $"{data[0]} {data[1]} {data[2]} {Convert.ToHexStringLower(data.AsSpan(3))}")]),
            _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted.Type, null),
        };
    }

    // Other hosts that take the domain's mail may be meant.
    private static (RecordVerdict, IReadOnlyList<string>) Exchanger(RecordData.Mx wanted, IReadOnlyList<(int Preference, string Host)> found)
    {
        IReadOnlyList<string> texts = [.. found.Select(mx => $"{mx.Preference} {mx.Host}.")];
        var hosts = found.Select(mx => mx.Host + ".").Distinct().ToList();
        return (hosts.Count == 0 ? RecordVerdict.Missing : !hosts.Contains(wanted.Host) ? RecordVerdict.Different : hosts.Count == 1 ? RecordVerdict.Right : RecordVerdict.Enough, texts);
    }

    private static (RecordVerdict, IReadOnlyList<string>) Any(IReadOnlyList<string> found, string wanted, bool othersAreGood = false) =>
        (found.Count == 0 ? RecordVerdict.Missing : !found.Contains(wanted) ? RecordVerdict.Different : othersAreGood || found.Count == 1 ? RecordVerdict.Right : RecordVerdict.Enough, found);

    // The next key may be announced, too; one record that is true is enough (RFC 7672 section 2.1).
    private static (RecordVerdict, IReadOnlyList<string>) ServerKey(RecordData.Tlsa wanted, IReadOnlyList<string> found) =>
        (found.Count == 0 ? RecordVerdict.Missing : found.Contains(wanted.Text) ? RecordVerdict.Right : found.Any(wanted.Others.Contains) ? RecordVerdict.Enough : RecordVerdict.Different, found);

    private static (RecordVerdict, IReadOnlyList<string>) Text(RecordPurpose purpose, string wanted, IReadOnlyList<string> texts)
    {
        if (purpose is RecordPurpose.Dkim or RecordPurpose.NoKeys) return (Key(wanted, texts), texts);

        // Under these names other records may stand, which are nobody's business.
        var tags = TagList.Read(wanted);
        IReadOnlyList<string> own = [.. texts.Where(text => TagList.Read(text).Version == tags.Version)];
        return (own switch
        {
            [] => RecordVerdict.Missing,
            [var only] => Tags(purpose, tags, TagList.Read(only)),
            _ => RecordVerdict.Several,
        }, own.Count == 0 ? texts : own);
    }

    private static RecordVerdict Key(string wanted, IReadOnlyList<string> texts) => texts switch
    {
        [] => RecordVerdict.Missing,
        [var only] => DkimRecord.Parse(only) is { } found && found == DkimRecord.Parse(wanted) ? RecordVerdict.Right : RecordVerdict.Different,
        _ => RecordVerdict.Several,
    };

    private static RecordVerdict Tags(RecordPurpose purpose, TagList wanted, TagList found) => purpose switch
    {
        _ when found.IsSame(wanted) => RecordVerdict.Right,
        RecordPurpose.ReportPermission => RecordVerdict.Right,
        // How strict the owner is, and who reads reports, is the owner's to say.
        RecordPurpose.Dmarc when found.Value("p") is "none" or "quarantine" or "reject" => RecordVerdict.Enough,
        RecordPurpose.RejectAll when found.Value("p") is "reject" => RecordVerdict.Enough,
        RecordPurpose.TlsReports when found.Value("rua") is { Length: > 0 } => RecordVerdict.Enough,
        _ => RecordVerdict.Different,
    };
}
