using System.Runtime.InteropServices;

namespace AdminPanel.Web.Platform.Dns;

/// <summary>One context of libunbound, with what it has learned of its servers. Several threads may ask it at once.</summary>
/// <param name="prepare">Says where it asks; an error code of libunbound, 0 for none.</param>
internal sealed class UnboundContext(Func<nint, int> prepare) : IDisposable
{
    private const int InternetClass = 1;

    private readonly Lock door = new();
    private nint handle;

    /// <summary>Who asks now; under the lock of whoever keeps it, as the next two.</summary>
    public int Users { get; set; }

    public long LastUse { get; set; }

    /// <summary>Whether it goes with its last user.</summary>
    public bool IsDropped { get; set; }

    /// <exception cref="DllNotFoundException">libunbound is not installed.</exception>
    public unsafe DnsAnswer Ask(string name, DnsType type)
    {
        try
        {
            Demand(Unbound.ub_resolve(Open(), name + ".", (int)type, InternetClass, out var result));
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
    }

    /// <summary>Nobody may be asking.</summary>
    public void Dispose()
    {
        if (handle != 0) Unbound.ub_ctx_delete(handle);
        handle = 0;
    }

    private nint Open()
    {
        lock (door)
        {
            if (handle != 0) return handle;

            var fresh = Unbound.ub_ctx_create();
            if (fresh == 0) throw new DnsFaultException("libunbound could not be initialised");
            try
            {
                Demand(Unbound.ub_ctx_set_option(fresh, "do-not-query-localhost:", "no"));
                // Names of private addresses are asked like all others: a mail server may have one.
                Demand(Unbound.ub_ctx_set_option(fresh, "unblock-lan-zones:", "yes"));
                Demand(Unbound.ub_ctx_set_option(fresh, "insecure-lan-zones:", "yes"));
                Demand(prepare(fresh));
                return handle = fresh;
            }
            finally
            {
                if (handle == 0) Unbound.ub_ctx_delete(fresh);
            }
        }
    }

    private static unsafe DnsAnswer Read(Unbound.Result result)
    {
        if (result.IsBogus != 0) return new DnsAnswer(DnsStatus.Bogus, [], Marshal.PtrToStringUTF8((nint)result.WhyBogus));
        if (result.HasData != 0)
        {
            var data = new List<byte[]>();
            for (var i = 0; result.Data[i] is not null; i++) data.Add(new ReadOnlySpan<byte>(result.Data[i], result.Lengths[i]).ToArray());
            return new DnsAnswer(DnsStatus.Found, data) { IsSecure = result.IsSecure != 0 };
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
