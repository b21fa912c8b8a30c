using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Web.Features.Dns.Spf;

/// <summary>What a receiver makes of a sender (RFC 7208 section 2.6).</summary>
public enum SpfResult
{
    None,
    Neutral,
    Pass,
    Fail,
    SoftFail,
    TempError,
    PermError,
}

/// <summary>Who sends.</summary>
/// <param name="Sender">local@domain; a bounce has postmaster@ and the name in HELO (section 2.4).</param>
public sealed record SpfSender(IPAddress Ip, string Sender, string Helo);

/// <param name="Reason">The term that decided, or the one that is wrong; null where none is reached.</param>
/// <param name="Lookups">Terms that asked DNS, of ten.</param>
/// <param name="Voids">Answers without anything in them, of two.</param>
public sealed record SpfVerdict(SpfResult Result, string? Reason, int Lookups, int Voids);

/// <summary>check_host() of RFC 7208 section 4, with its budgets. For one question: it counts.</summary>
public sealed class SpfCheck(IDnsLookup dns, SpfSender sender)
{
    /// <summary>Terms that ask DNS, in the record and in all that it includes (section 4.6.4).</summary>
    public const int LookupLimit = 10;

    /// <summary>Answers without anything in them (section 4.6.4).</summary>
    public const int VoidLimit = 2;

    // Hosts of one "mx", and names of one "ptr" (section 4.6.4).
    private const int HostLimit = 10;

    private int lookups;
    private int voids;

    public async Task<SpfVerdict> RunAsync(string domain, CancellationToken ct)
    {
        try
        {
            var (result, reason) = await CheckAsync(domain, ct);
            return new SpfVerdict(result, reason, lookups, voids);
        }
        catch (SpfStopException stop)
        {
            return new SpfVerdict(stop.Result, stop.Message, lookups, voids);
        }
    }

    private async Task<(SpfResult Result, string? Reason)> CheckAsync(string domain, CancellationToken ct)
    {
        var texts = await dns.TextsAsync(domain, ct);
        if (texts.End == LookupEnd.Failed) throw new SpfStopException(SpfResult.TempError, domain);
        var records = texts.Values.Where(SpfRecord.IsSpf).ToList();
        if (records.Count == 0) return (SpfResult.None, null);
        if (records.Count > 1) throw new SpfStopException(SpfResult.PermError, domain);
        if (!SpfRecord.TryParse(records[0], out var record, out var fault)) throw new SpfStopException(SpfResult.PermError, fault);

        foreach (var term in record.Terms)
        {
            if (await MatchesAsync(term, domain, ct)) return (ResultOf(term.Qualifier), term.Text);
        }
        if (record.Redirect is not { } redirect) return (SpfResult.Neutral, null);

        Count(redirect);
        var gone = await CheckAsync(Target(redirect, domain), ct);
        return gone.Result == SpfResult.None ? throw new SpfStopException(SpfResult.PermError, redirect.Text) : gone;
    }

    private async Task<bool> MatchesAsync(SpfTerm term, string domain, CancellationToken ct)
    {
        if (term.IsLookup) Count(term);
        return term.Kind switch
        {
            SpfKind.All => true,
            SpfKind.Ip4 or SpfKind.Ip6 => term.Covers(term.Address!, sender.Ip),
            SpfKind.Include => await IncludesAsync(term, domain, ct),
            SpfKind.A => await HasAddressAsync(term, Target(term, domain), ct),
            SpfKind.Mx => await ExchangesAsync(term, Target(term, domain), ct),
            // Always an A record, whatever the client's family (section 5.7).
            SpfKind.Exists => Found(await dns.AddressesAsync(Target(term, domain), isIPv6: false, ct), term).Count > 0,
            _ => await IsNamedAsync(term, Target(term, domain), ct),
        };
    }

    // Section 5.2: only a pass matches, and a domain without a record is an error.
    private async Task<bool> IncludesAsync(SpfTerm term, string domain, CancellationToken ct) => (await CheckAsync(Target(term, domain), ct)).Result switch
    {
        SpfResult.Pass => true,
        SpfResult.None => throw new SpfStopException(SpfResult.PermError, term.Text),
        _ => false,
    };

    private async Task<bool> HasAddressAsync(SpfTerm term, string host, CancellationToken ct) =>
        Found(await dns.AddressesAsync(host, sender.Ip.AddressFamily == AddressFamily.InterNetworkV6, ct), term).Any(a => term.Covers(a, sender.Ip));

    private async Task<bool> ExchangesAsync(SpfTerm term, string name, CancellationToken ct)
    {
        var hosts = Found(await dns.ExchangersAsync(name, ct), term);
        if (hosts.Count > HostLimit) throw new SpfStopException(SpfResult.PermError, term.Text);
        foreach (var host in hosts)
        {
            if (await HasAddressAsync(term, host, ct)) return true;
        }
        return false;
    }

    // Section 5.5: names that lead back to the address; what fails on the way only does not match.
    private async Task<bool> IsNamedAsync(SpfTerm term, string target, CancellationToken ct)
    {
        var names = await dns.NamesAsync(sender.Ip, ct);
        if (names.End == LookupEnd.Nothing) CountVoid(term);
        foreach (var name in names.Values.Take(HostLimit).Where(n => IsWithin(n, target)))
        {
            if ((await dns.AddressesAsync(name, sender.Ip.AddressFamily == AddressFamily.InterNetworkV6, ct)).Values.Contains(sender.Ip)) return true;
        }
        return false;
    }

    private IReadOnlyList<T> Found<T>(LookupAnswer<T> answer, SpfTerm term)
    {
        if (answer.End == LookupEnd.Failed) throw new SpfStopException(SpfResult.TempError, term.Text);
        if (answer.End == LookupEnd.Nothing) CountVoid(term);
        return answer.Values;
    }

    private void Count(SpfTerm term)
    {
        if (++lookups > LookupLimit) throw new SpfStopException(SpfResult.PermError, term.Text);
    }

    private void CountVoid(SpfTerm term)
    {
        if (++voids > VoidLimit) throw new SpfStopException(SpfResult.PermError, term.Text);
    }

    private string Target(SpfTerm term, string domain) => term.Target is { } spec ? SpfMacro.Expand(spec, sender.Ip, sender.Sender, sender.Helo, domain) : domain;

    private static bool IsWithin(string name, string parent) =>
        name.Equals(parent, StringComparison.OrdinalIgnoreCase) || name.EndsWith("." + parent, StringComparison.OrdinalIgnoreCase);

    private static SpfResult ResultOf(char qualifier) => qualifier switch
    {
        '-' => SpfResult.Fail,
        '~' => SpfResult.SoftFail,
        '?' => SpfResult.Neutral,
        _ => SpfResult.Pass,
    };
}
