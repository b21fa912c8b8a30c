namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>What a name server has in place of a record that is wanted.</summary>
public enum RecordVerdict
{
    Right,

    /// <summary>Another record that does the same, or more.</summary>
    Enough,

    Missing,

    /// <summary>A record that does something else.</summary>
    Different,

    /// <summary>Addresses of another host in the place of a CNAME: a proxy, or a stranger.</summary>
    Proxied,

    /// <summary>It leads to a name that is an alias itself, which MX and SRV must not (RFC 5321 section 5.1, RFC 2782).</summary>
    Alias,

    /// <summary>It leads to the mail server's name, and that to other addresses than the server's: to a proxy, which carries no mail, or to an old server.</summary>
    Elsewhere,

    /// <summary>Reports are to go where nobody says that they are wanted: nobody sends them (RFC 9990).</summary>
    Unwelcome,

    /// <summary>More than one where receivers take none of them then: SPF, DMARC, DKIM.</summary>
    Several,

    /// <summary>It stands below its own zone once more: the form has added that by itself.</summary>
    Doubled,

    /// <summary>No answer, or one that cannot be believed.</summary>
    Failed,
}

/// <summary>What one server says.</summary>
/// <param name="Server">Its name and address; null: a resolver, or nobody.</param>
/// <param name="Found">The records there; why there is no answer.</param>
public sealed record RecordSighting(string? Server, RecordVerdict Verdict, IReadOnlyList<string> Found);

/// <summary>A record that is wanted, beside what is there.</summary>
public sealed record CheckedRecord(DnsRecord Record, IReadOnlyList<RecordSighting> Sightings)
{
    /// <summary>That of the server that is worst off: receivers ask any of them.</summary>
    public RecordVerdict Verdict => Sightings.Select(s => s.Verdict).Max();

    public bool IsGood => Verdict is RecordVerdict.Right or RecordVerdict.Enough;

    /// <summary>Whether mail stops for what is there, though it need not be there at all: a TLSA record of another key.</summary>
    public bool StopsMail => Record.Type == RecordType.Tlsa && Verdict == RecordVerdict.Different;

    /// <summary>Whether somebody has to mend it.</summary>
    public bool IsOpen => !IsGood && (Record.Need != RecordNeed.Optional || StopsMail);
}
