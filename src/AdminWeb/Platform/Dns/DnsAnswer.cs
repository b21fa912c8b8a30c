using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace AdminPanel.Web.Platform.Dns;

/// <summary>Types of records, by their numbers (RFC 1035 section 3.2.2, RFC 3596, RFC 2782, RFC 6698, RFC 8659).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Number 0 is reserved: there is no such type.")]
public enum DnsType
{
    A = 1,
    Ns = 2,
    Cname = 5,

    [SuppressMessage("Naming", "CA1720", Justification = "The record is called PTR; no pointer is meant.")]
    Ptr = 12,

    Mx = 15,
    Txt = 16,
    Aaaa = 28,
    Srv = 33,
    Tlsa = 52,
    Caa = 257,
}

public enum DnsStatus
{
    Found,

    /// <summary>The name is there, but has no such record.</summary>
    NoData,

    /// <summary>There is no such name.</summary>
    NoSuchName,

    /// <summary>The answer does not pass DNSSEC: somebody has changed it, or the zone is broken.</summary>
    Bogus,

    /// <summary>No answer in time, or one that is an error.</summary>
    Failed,
}

/// <param name="Data">Each record in its wire format, in the order of the answer.</param>
/// <param name="Why">Of <see cref="DnsStatus.Bogus"/> and <see cref="DnsStatus.Failed"/>.</param>
public sealed record DnsAnswer(DnsStatus Status, IReadOnlyList<byte[]> Data, string? Why = null)
{
    /// <summary>Whether it passes DNSSEC from the trust anchor on; false, too, where nobody asked about that.</summary>
    public bool IsSecure { get; init; }

    /// <summary>Whether nobody answered at all.</summary>
    public bool IsSilence { get; init; }

    /// <summary>Of TXT records, their strings joined without anything between (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2); octets that are no UTF-8 are shown as U+FFFD.</summary>
    public IEnumerable<string> Texts => Data.Select(data =>
    {
        var text = new List<byte>();
        for (var at = 0; at < data.Length; at += 1 + data[at]) text.AddRange(data.AsSpan(at + 1, Math.Min(data[at], data.Length - at - 1)));
        return Encoding.UTF8.GetString([.. text]);
    });

    /// <summary>Of A and AAAA records.</summary>
    public IEnumerable<IPAddress> Addresses => Data.Where(data => data.Length is 4 or 16).Select(data => new IPAddress(data));

    /// <summary>Of NS, CNAME and PTR records: names in lower case without the dot at the end. A name with other characters than those of host names is left out.</summary>
    public IEnumerable<string> Names => Data.Select(data => Name(data, 0)).OfType<string>().Where(name => name.Length > 0);

    /// <summary>Of MX records: the host is empty where it is the root, which is nowhere (RFC 7505).</summary>
    public IEnumerable<(int Preference, string Host)> Exchangers => Data.Where(data => data.Length > 2 && Name(data, 2) is not null).Select(data => ((int)BinaryPrimitives.ReadUInt16BigEndian(data), Name(data, 2)!));

    /// <summary>Of SRV records (RFC 2782); an empty target: there is no such service.</summary>
    public IEnumerable<(int Port, string Target)> Services =>
        Data.Where(data => data.Length > 6 && Name(data, 6) is not null).Select(data => ((int)BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(4)), Name(data, 6)!));

    /// <summary>Of CAA records (RFC 8659 section 4.1).</summary>
    public IEnumerable<(string Tag, string Value)> Authorities => Data.Where(data => data.Length > 2 && data.Length >= 2 + data[1])
        .Select(data => (Encoding.ASCII.GetString(data, 2, data[1]).ToLowerInvariant(), Encoding.UTF8.GetString(data.AsSpan(2 + data[1]))));

    // The root is an empty name; null is none that can be shown.
    private static string? Name(byte[] data, int start)
    {
        var labels = new List<string>();
        for (var at = start; at < data.Length && data[at] != 0; at += 1 + data[at])
        {
            // libunbound hands out names without compression.
            if (data[at] > 63 || at + 1 + data[at] > data.Length) return null;

            var label = Encoding.ASCII.GetString(data, at + 1, data[at]).ToLowerInvariant();
            if (!label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return null;
            labels.Add(label);
        }
        return string.Join('.', labels);
    }
}
