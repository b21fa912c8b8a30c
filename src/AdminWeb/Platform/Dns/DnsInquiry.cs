using System.Collections.Concurrent;
using System.Net;

namespace AdminPanel.Web.Platform.Dns;

/// <summary>
/// The questions of one check. Each is asked once, of a resolver or of one server of a zone past every cache. There is an
/// answer within the limit, or <see cref="DnsStatus.Failed"/>; a server that did not answer is not asked again, so that it
/// costs the limit once, whatever it was to be asked.
/// </summary>
public sealed class DnsInquiry : IDisposable
{
    /// <summary>Of all checks of this process together.</summary>
    private const int AtOnce = 32;

    // Together they hold some 50 MB and 200 file descriptors.
    private const int MaxContexts = 48;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private static readonly SemaphoreSlim Free = new(AtOnce);

    private readonly ConcurrentDictionary<Question, Lazy<Task<DnsAnswer>>> asked = new();
    private readonly ConcurrentDictionary<IPAddress, Lazy<Task<DnsAnswer>>> firsts = new();
    private readonly UnboundContexts contexts = new(MaxContexts);
    private readonly string? resolver;
    private readonly string? trustAnchor;
    private readonly CancellationToken ct;

    internal DnsInquiry(string? resolver, string? trustAnchor, CancellationToken ct) => (this.resolver, this.trustAnchor, this.ct) = (resolver, trustAnchor, ct);

    /// <summary>Whether answers of the resolver are checked by DNSSEC.</summary>
    public bool IsChecked => trustAnchor is not null;

    /// <param name="Server">Null: the resolver.</param>
    private sealed record Question(IPAddress? Server, string? Zone, string Name, DnsType Type);

    /// <summary>Asks the resolver: the one given, or those of the host.</summary>
    public Task<DnsAnswer> AskAsync(string name, DnsType type) => OnceAsync(new(null, null, name, type));

    /// <summary>Asks one server of a zone.</summary>
    public async Task<DnsAnswer> AskServerAsync(IPAddress server, string zone, string name, DnsType type)
    {
        var question = new Question(server, zone, name, type);
        // The first one goes alone: the others need not wait for a server that says nothing.
        var first = await firsts.GetOrAdd(server, _ => new(() => OnceAsync(question))).Value;
        return first.IsSilence ? first : await OnceAsync(question);
    }

    /// <summary>What was asked in vain may go on for some seconds, and is thrown away when it has ended.</summary>
    public void Dispose() => contexts.Dispose();

    private Task<DnsAnswer> OnceAsync(Question question) => asked.GetOrAdd(question, q => new(() => AskAsync(q))).Value;

    private async Task<DnsAnswer> AskAsync(Question question)
    {
        await Free.WaitAsync(ct);
        // A thread of its own: libunbound keeps it until the answer is there, and it gives up on a dead server later than anybody waits.
        var asking = Task.Factory.StartNew(() => contexts.Ask((question.Server, question.Zone), Prepare, question.Name, question.Type), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = asking.ContinueWith(_ => Free.Release(), TaskScheduler.Default);
        try
        {
            return await asking.WaitAsync(Limit, ct);
        }
        catch (DllNotFoundException)
        {
            return new DnsAnswer(DnsStatus.Failed, [], "libunbound is not installed on the panel's host: apt install libunbound8");
        }
        catch (TimeoutException)
        {
            return new DnsAnswer(DnsStatus.Failed, [], "no answer in time") { IsSilence = true };
        }
    }

    private int Prepare((IPAddress? Server, string? Zone) at, nint context)
    {
        if (at.Server is null)
        {
            // Without it what a resolver says of DNSSEC would have to be believed.
            if (trustAnchor is not null && Unbound.ub_ctx_add_ta_file(context, trustAnchor) is not 0 and var refused) return refused;
        }
        else
        {
            // It gives up soon after nobody waits any more, and not after a quarter of a minute. Not for a resolver, which is slow where others are.
            if (Unbound.ub_ctx_set_option(context, "infra-cache-max-rtt:", "2000") is not 0 and var unknown) return unknown;
            // The zone's own server may see whole names.
            if (Unbound.ub_ctx_set_option(context, "qname-minimisation:", "no") is not 0 and var open) return open;
            if (Unbound.ub_ctx_set_stub(context, at.Zone + ".", at.Server.ToString(), 0) is not 0 and var refused) return refused;
        }
        // Beside a zone's server it is asked where a record leads out of the zone.
        return resolver is null ? Unbound.ub_ctx_resolvconf(context, null) : Unbound.ub_ctx_set_fwd(context, resolver);
    }
}
