using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Mapping;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dns;

/// <summary>Chooses what a domain asks of others: what they do with mail that fails DMARC, and whether they must use TLS. Whoever is permitted DNS there.</summary>
public sealed class ChoosePolicies(AdminDb db)
{
    /// <summary>The word for "no policy on TLS is served".</summary>
    public const string Off = "off";

    public sealed record Input
    {
        public long Version { get; init; }

        /// <summary>A word of <see cref="DmarcStep"/>: "quarantine_test". Null leaves it as it is.</summary>
        public string? Dmarc { get; init; }

        /// <summary>A word of <see cref="MtaStsMode"/>, or <see cref="Off"/>. Null leaves it as it is.</summary>
        public string? MtaSts { get; init; }
    }

    public static IReadOnlyList<string> DmarcWords { get; } = [.. Enum.GetValues<DmarcStep>().Select(Words.Of)];

    public static IReadOnlyList<string> MtaStsWords { get; } = [Off, .. Enum.GetValues<MtaStsMode>().Select(Words.Of)];

    public static string WordOf(MtaStsMode? mode) => mode is { } said ? Words.Of(said) : Off;

    public async Task<Outcome<Saved>> RunAsync(DomainName name, Input input, Actor actor, CancellationToken ct)
    {
        if (await db.Domains.PermittedTo(actor, DomainPermissions.Dns).Where(d => d.Name == name && (d.Kind == DomainKind.Hosted || d.Kind == DomainKind.Alias)).Select(d => (long?)d.Id).FirstOrDefaultAsync(ct) is not { } id)
            return Outcome.NotFound<Saved>();

        var problems = new List<Problem>();
        if (input.Dmarc is { } step && !DmarcWords.Contains(step)) problems.Add(new Problem(nameof(Input.Dmarc), "ChoiceUnknown", string.Join(", ", DmarcWords)));
        if (input.MtaSts is { } mode && !MtaStsWords.Contains(mode)) problems.Add(new Problem(nameof(Input.MtaSts), "ChoiceUnknown", string.Join(", ", MtaStsWords)));
        return problems.Count > 0 ? Outcome.Refused<Saved>(problems) : await db.InTransactionAsync(token => ChooseAsync(id, input, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<Saved>> ChooseAsync(long id, Input input, Actor actor, CancellationToken ct)
    {
        if (!await db.LockDomainAsync(id, ct)) return Outcome.NotFound<Saved>();

        var domain = await db.Domains.PermittedTo(actor, DomainPermissions.Dns).FirstOrDefaultAsync(d => d.Id == id, ct);
        if (domain is null) return Outcome.NotFound<Saved>();
        if (domain.Version != input.Version) return Outcome.Conflict<Saved>(domain.Version);

        var before = new { domain.DmarcStep, MtaSts = WordOf(domain.MtaSts) };
        if (input.Dmarc is { } step) domain.DmarcStep = Words.Parse<DmarcStep>(step);
        if (input.MtaSts is { } mode) domain.MtaSts = mode == Off ? null : Words.Parse<MtaStsMode>(mode);
        db.Audit(actor, $"{SetDomainActive.Noun(domain.Kind)}.set-policies", domain.Name.Value, domain.Id, before, new { domain.DmarcStep, MtaSts = WordOf(domain.MtaSts) });
        db.MarkChanged(domain);
        return Outcome.Done(new Saved(domain.Id, domain.Name.Value));
    }
}
