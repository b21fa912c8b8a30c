namespace AdminPanel.Web.Features.Dns.Spf;

/// <summary>What a record costs whoever checks it, at worst: when nothing matches before the end.</summary>
/// <param name="Term">The include or redirect that leads here; null for the record itself.</param>
/// <param name="Own">Terms of this record that ask DNS.</param>
/// <param name="Inside">What its includes cost, each by itself.</param>
/// <param name="IsReadable">False where there is no one record that can be read: then others see an error.</param>
public sealed record SpfCost(string? Term, string Domain, int Own, int OwnVoids, IReadOnlyList<SpfCost> Inside, bool IsReadable)
{
    /// <summary>With all that it includes; more than <see cref="SpfCheck.LookupLimit"/> is an error for every sender that matches late.</summary>
    public int Lookups => Own + Inside.Sum(c => c.Lookups);

    /// <summary>Whether a sender that matches late is an error to receivers (RFC 7208 section 4.6.4).</summary>
    public bool IsOver => Lookups > SpfCheck.LookupLimit || Voids > SpfCheck.VoidLimit;

    /// <summary>Itself and all that it includes, each with how deep it stands.</summary>
    public IEnumerable<(int Depth, SpfCost Cost)> Walk(int depth = 0) => Inside.SelectMany(c => c.Walk(depth + 1)).Prepend((depth, this));

    public int Voids => OwnVoids + Inside.Sum(c => c.Voids);
}

/// <summary>Counts a record's lookups for each include, so that a person sees which one is dear.</summary>
public sealed class SpfBudget(IDnsLookup dns)
{
    // A record that includes itself has no end; twice the limit says enough.
    private const int Enough = 2 * SpfCheck.LookupLimit;

    private int walked;

    public Task<SpfCost> OfAsync(string domain, CancellationToken ct) => WalkAsync(null, domain, ct);

    /// <summary>Of a record that is not there yet.</summary>
    /// <param name="text">"v=spf1 mx -all".</param>
    public Task<SpfCost> OfTextAsync(string text, string domain, CancellationToken ct) => OfRecordAsync(null, domain, [text], ct);

    private async Task<SpfCost> WalkAsync(string? term, string domain, CancellationToken ct) =>
        await OfRecordAsync(term, domain, [.. (await dns.TextsAsync(domain, ct)).Values.Where(SpfRecord.IsSpf)], ct);

    private async Task<SpfCost> OfRecordAsync(string? term, string domain, IReadOnlyList<string> records, CancellationToken ct)
    {
        if (records.Count != 1 || !SpfRecord.TryParse(records[0], out var record, out _)) return new SpfCost(term, domain, 0, 0, [], IsReadable: false);

        // "all" ends the record for everybody.
        var terms = record.Terms.TakeWhile(t => t.Kind != SpfKind.All).Concat(record.Redirect is { } redirect ? [redirect] : []).Where(t => t.IsLookup).ToList();
        var (inside, voids) = (new List<SpfCost>(), 0);
        foreach (var t in terms)
        {
            if (++walked > Enough) break;
            // What a macro stands for only a sender tells.
            if (t.Target?.Contains('%', StringComparison.Ordinal) == true) continue;
            var target = t.Target ?? domain;
            if (t.Kind is SpfKind.Include or SpfKind.Redirect) inside.Add(await WalkAsync(t.Text, target, ct));
            else voids += await VoidsAsync(t.Kind, target, ct);
        }
        return new SpfCost(term, domain, terms.Count, voids, inside, IsReadable: true);
    }

    // For a sender of the family that has less.
    private async Task<int> VoidsAsync(SpfKind kind, string target, CancellationToken ct) => kind switch
    {
        SpfKind.A => Math.Max(await HostAsync(target, isIPv6: false, ct), await HostAsync(target, isIPv6: true, ct)),
        SpfKind.Exists => await HostAsync(target, isIPv6: false, ct),
        SpfKind.Mx => (await dns.ExchangersAsync(target, ct)).End == LookupEnd.Nothing ? 1 : 0,
        _ => 0,
    };

    private async Task<int> HostAsync(string host, bool isIPv6, CancellationToken ct) => (await dns.AddressesAsync(host, isIPv6, ct)).End == LookupEnd.Nothing ? 1 : 0;
}
