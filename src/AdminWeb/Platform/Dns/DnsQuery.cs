using System.Net;
using System.Runtime.InteropServices;

namespace AdminPanel.Web.Platform.Dns;

/// <summary>
/// Asks name servers by libunbound: a resolver, or the servers of a zone themselves. An answer within the limit, or
/// <see cref="DnsStatus.Failed"/>; no more than so many questions at once.
/// </summary>
/// <param name="resolver">Null: those of the host.</param>
/// <param name="trustAnchor">A file with the root's key; null: DNSSEC is not asked about.</param>
public sealed class DnsQuery(string? resolver, string? trustAnchor)
{
    /// <summary>In the configuration: "192.0.2.53" or "192.0.2.53@5353"; the host's resolvers without it.</summary>
    public const string ResolverSetting = "Dns:Resolver";

    /// <summary>In the configuration: a file with the root's key, or "none"; Debian's (package dns-root-data) without it.</summary>
    public const string TrustAnchorSetting = "Dns:TrustAnchor";

    private const int AtOnce = 32;
    private const int InternetClass = 1;

    private const string DebiansTrustAnchor = "/usr/share/dns/root.key";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly SemaphoreSlim Free = new(AtOnce);

    /// <exception cref="SettingException">The resolver is no address.</exception>
    public static DnsQuery Of(IConfiguration configuration)
    {
        var anchor = configuration[TrustAnchorSetting] ?? (File.Exists(DebiansTrustAnchor) ? DebiansTrustAnchor : "none");
        var resolver = configuration[ResolverSetting] is { Length: > 0 } text ? text : null;
        var parts = (resolver ?? "127.0.0.1").Split('@', 2);
        return IPAddress.TryParse(parts[0], out _) && (parts.Length == 1 || ushort.TryParse(parts[1], out _))
            ? new DnsQuery(resolver, anchor == "none" ? null : anchor)
            : throw new SettingException($"{ResolverSetting} must be an address such as 192.0.2.53 or 192.0.2.53@5353.");
    }

    /// <summary>Asks the resolver: the one given, or those of the host.</summary>
    public Task<DnsAnswer> AskAsync(string name, DnsType type, CancellationToken ct) => AskAsync(name, type, Prepared, ct);

    /// <summary>Asks one server of a zone, past every cache.</summary>
    public Task<DnsAnswer> AskServerAsync(IPAddress server, string zone, string name, DnsType type, CancellationToken ct) =>
        AskAsync(name, type, context => Unbound.ub_ctx_set_stub(context, zone + ".", server.ToString(), 0), ct);

    private int Prepared(nint context)
    {
        // Without it what a resolver says of DNSSEC would have to be believed.
        if (trustAnchor is not null && Unbound.ub_ctx_add_ta_file(context, trustAnchor) is not 0 and var refused) return refused;
        return resolver is null ? Unbound.ub_ctx_resolvconf(context, null) : Unbound.ub_ctx_set_fwd(context, resolver);
    }

    private static async Task<DnsAnswer> AskAsync(string name, DnsType type, Func<nint, int> prepare, CancellationToken ct)
    {
        await Free.WaitAsync(ct);
        // libunbound gives up by itself, but only after it has tried a dead server for long: nobody waits for that.
        var asked = Task.Run(() => Ask(name, type, prepare), CancellationToken.None);
        _ = asked.ContinueWith(_ => Free.Release(), TaskScheduler.Default);
        try
        {
            return await asked.WaitAsync(Limit, ct);
        }
        catch (DllNotFoundException)
        {
            return new DnsAnswer(DnsStatus.Failed, [], "libunbound is not installed on the panel's host: apt install libunbound8");
        }
        catch (TimeoutException)
        {
            return new DnsAnswer(DnsStatus.Failed, [], "no answer in time");
        }
    }

    private static unsafe DnsAnswer Ask(string name, DnsType type, Func<nint, int> prepare)
    {
        var context = Unbound.ub_ctx_create();
        if (context == 0) throw new InvalidOperationException("libunbound could not be initialised.");
        try
        {
            Demand(Unbound.ub_ctx_set_option(context, "do-not-query-localhost:", "no"));
            // Names of private addresses are asked like all others: a mail server may have one.
            Demand(Unbound.ub_ctx_set_option(context, "unblock-lan-zones:", "yes"));
            Demand(Unbound.ub_ctx_set_option(context, "insecure-lan-zones:", "yes"));
            Demand(prepare(context));
            Demand(Unbound.ub_resolve(context, name + ".", (int)type, InternetClass, out var result));
            try
            {
                return Read(*result);
            }
            finally
            {
                Unbound.ub_resolve_free(result);
            }
        }
        catch (DnsFaultException e)
        {
            return new DnsAnswer(DnsStatus.Failed, [], e.Message);
        }
        finally
        {
            Unbound.ub_ctx_delete(context);
        }
    }

    private static unsafe DnsAnswer Read(Unbound.Result result)
    {
        if (result.IsBogus != 0) return new DnsAnswer(DnsStatus.Bogus, [], Marshal.PtrToStringUTF8((nint)result.WhyBogus));
        if (result.HasData != 0)
        {
            var data = new List<byte[]>();
            for (var i = 0; result.Data[i] is not null; i++) data.Add(new ReadOnlySpan<byte>(result.Data[i], result.Lengths[i]).ToArray());
            return new DnsAnswer(DnsStatus.Found, data);
        }
        // 0 and 3: the answer is that there is nothing (RFC 1035 section 4.1.1).
        return result switch
        {
            { IsNoSuchName: not 0 } => new DnsAnswer(DnsStatus.NoSuchName, []),
            { Code: 0 } => new DnsAnswer(DnsStatus.NoData, []),
            _ => new DnsAnswer(DnsStatus.Failed, [], result.Code switch { 2 => "the server fails (SERVFAIL)", 5 => "the server refuses (REFUSED)", var code => $"answer code {code}" }),
        };
    }

    private static void Demand(int error)
    {
        if (error != 0) throw new DnsFaultException(Marshal.PtrToStringUTF8(Unbound.ub_strerror(error)) ?? "libunbound fails");
    }

    private sealed class DnsFaultException(string message) : Exception(message);
}
