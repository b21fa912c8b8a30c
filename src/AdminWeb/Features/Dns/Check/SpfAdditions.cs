using AdminPanel.Data;
using AdminPanel.Web.Features.Dns.Spf;
using AdminPanel.Web.Platform.Dns;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>A domain's SPF record with one provider more.</summary>
/// <param name="Include">The name that the provider says.</param>
/// <param name="Text">The record: that of now, with all that it has to have, and the include.</param>
/// <param name="Cost">What it would cost whoever checks it.</param>
public sealed record SpfAddition(string Include, string Text, SpfCost Cost)
{
    /// <summary>The part of the include, with the question that it is itself not counted; null where it stands behind the twenty questions that are looked at.</summary>
    public SpfCost? Part => Cost.Inside.FirstOrDefault(c => string.Equals(c.Term, $"include:{Include}", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether receivers can read all of it, and within their limits.</summary>
    public bool IsGood => !Cost.IsOver && Part is { IsReadable: true };
}

/// <summary>Counts what it would cost to let another provider send, by asking DNS for what the provider says.</summary>
public sealed class SpfAdditions(DnsQuery query)
{
    private const string Term = "include:";
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    /// <summary>The provider's name servers are a stranger's: they may say nothing, twenty times.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <param name="plan">Of a domain that sends mail.</param>
    /// <param name="include">"spf.provider.example", or the whole term.</param>
    /// <returns>The addition, or what is wrong with what was typed.</returns>
    public async Task<(SpfAddition? Addition, Problem? Problem)> OfAsync(DnsPlan plan, string include, CancellationToken ct)
    {
        var name = Name(include);
        if (!IsName(name) || plan.Records.FirstOrDefault(r => r.Purpose == RecordPurpose.Spf) is not { Data: RecordData.Txt wanted }) return (null, new Problem("Include", "SpfIncludeShape"));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using var dns = query.Begin(limit.Token);
        var lookup = new ResolverLookup(dns);
        try
        {
            var domain = plan.Domain.Name.Value;
            var there = await lookup.TextsAsync(domain, limit.Token);
            var text = SpfMerge.Of($"v=spf1 {Term}{name}", [SpfMerge.Of(wanted.Whole, there.Values) ?? wanted.Whole])!;
            return (new SpfAddition(name, text, await new SpfBudget(lookup).OfTextAsync(text, domain, limit.Token)), null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, new Problem("Include", "SpfIncludeSlow", name));
        }
    }

    private static string Name(string typed)
    {
        var name = typed.Trim();
        return (name.StartsWith(Term, StringComparison.OrdinalIgnoreCase) ? name[Term.Length..] : name).TrimEnd('.').ToLowerInvariant();
    }

    // A macro would stand for something else with each message.
    private static bool IsName(string name) => name.Length <= LongestName && name.Contains('.', StringComparison.Ordinal)
        && name.Split('.').All(label => label.Length is > 0 and <= LongestLabel && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) && SpfTerm.TryParse(Term + name, out _);
}
