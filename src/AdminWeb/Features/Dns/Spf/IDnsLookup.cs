using System.Net;

namespace AdminPanel.Web.Features.Dns.Spf;

/// <summary>How a question to DNS ended.</summary>
public enum LookupEnd
{
    Found,

    /// <summary>The name is not there, or has nothing of the type: a void lookup (RFC 7208 section 4.6.4).</summary>
    Nothing,

    /// <summary>No answer, or one that cannot be believed.</summary>
    Failed,
}

/// <param name="Values">Empty unless it was found.</param>
public sealed record LookupAnswer<T>(LookupEnd End, IReadOnlyList<T> Values);

/// <summary>What SPF asks DNS. Names are without the final dot; an answer never throws.</summary>
public interface IDnsLookup
{
    /// <summary>Each record's strings, joined without anything between them.</summary>
    Task<LookupAnswer<string>> TextsAsync(string name, CancellationToken ct);

    /// <summary>A, or AAAA.</summary>
    Task<LookupAnswer<IPAddress>> AddressesAsync(string name, bool isIPv6, CancellationToken ct);

    /// <summary>Host names of MX records, best first.</summary>
    Task<LookupAnswer<string>> ExchangersAsync(string name, CancellationToken ct);

    /// <summary>Names that the address's PTR records give.</summary>
    Task<LookupAnswer<string>> NamesAsync(IPAddress address, CancellationToken ct);
}
