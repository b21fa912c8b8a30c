using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.MailServer.Settings;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>A key to look at; its private half is shown to nobody.</summary>
/// <param name="RecordName">Where its record stands.</param>
/// <param name="Record">What that says.</param>
/// <param name="IsSeen">Whether the last look found the record everywhere.</param>
/// <param name="SeenAt">When the record was last seen at all name servers; null: never.</param>
public sealed record DkimKeyRow(
    long Id, string Selector, DkimAlgorithm Algorithm, int? Bits, DkimKeyState State, string RecordName, string Record, bool IsSeen, DateTime? SeenAt, DateTime? CheckedAt, DateTime? ActiveSince, DateTime? RetiringSince,
    IReadOnlyList<RecordSighting> Sightings)
{
    /// <summary>Whether the signer cannot sign with a key of its kind.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>From when on its record may go; null while it signs, or may.</summary>
    public DateTime? RecordEnds => RetiringSince + DkimKey.Retirement;
}

/// <summary>The keys of one domain, and what keeps them from signing.</summary>
/// <param name="Target">Of an alias domain: whose people sign with its keys; null for a hosted one.</param>
/// <param name="HasSealingKey">Whether keys can be made: an apply on the mail server makes what they are sealed to.</param>
/// <param name="Signer">What signs on the mail server, if anything.</param>
/// <param name="IsPending">Whether something was decided since the last apply.</param>
public sealed record DkimOverview(long DomainId, DomainName Domain, DomainName? Target, IReadOnlyList<DkimKeyRow> Keys, bool HasSealingKey, Signer Signer, bool IsPending)
{
    /// <summary>Months after which a key that signs is followed by another one; null is never by itself.</summary>
    public int? RotationMonths { get; init; }
}

public sealed class DkimRows(AdminDb db, ServerSettings settings)
{
    /// <returns>Null where there is no such domain for this actor.</returns>
    public async Task<DkimOverview?> FindAsync(DomainName name, Actor actor, CancellationToken ct)
    {
        var domain = await db.Domains.WithKeys(actor).Where(d => d.Name == name).Select(d => new { d.Id, Target = (DomainName?)d.Target!.Name, d.DkimRotationMonths }).FirstOrDefaultAsync(ct);
        if (domain is null) return null;

        var keys = await db.DkimKeys.AsNoTracking().Where(k => k.DomainId == domain.Id).OrderBy(k => k.State == DkimKeyState.Active ? 0 : k.State == DkimKeyState.Waiting ? 1 : k.State == DkimKeyState.Retiring ? 2 : 3)
            .ThenBy(k => k.Selector).ToListAsync(ct);
        var stored = await db.Settings.AsNoTracking().ToDictionaryAsync(s => s.Key, ct);
        var signer = Signers.Of(Chosen(Signers.Key), Chosen("spam_filter"));
        return new DkimOverview(
            domain.Id, name, domain.Target, [.. keys.Select(k => Row(k, name) with { IsLeftOut = signer != Signer.None && !signer.Knows(k.Algorithm) })], await SealingKey.PublicAsync(db, ct) is not null,
            signer, SettingsVersion.StateOf(stored) != SettingsState.InForce) { RotationMonths = domain.DkimRotationMonths };

        string? Chosen(string key) => settings.Chosen(key, stored.GetValueOrDefault(key)?.Value);
    }

    /// <summary>What everybody may read of it.</summary>
    public static PublishedKey Published(DkimKey key) =>
        new(key.Selector, key.Algorithm, Convert.FromBase64String(key.PublicKey), key.State is DkimKeyState.Active or DkimKeyState.Retiring, key.State.ToString());

    /// <summary>The record that its domain must have.</summary>
    /// <param name="key">With its domain.</param>
    public static DnsRecord Record(DkimKey key) => new(
        RecordPurpose.Dkim, RecordNeed.Required, RecordPlace.Domain, DkimRecord.NameOf(key.Selector, key.Domain!.Name.Value) + ".", key.Domain.Name.Value + ".", new RecordData.Txt(DkimRecordText.Of(Published(key))));

    private static DkimKeyRow Row(DkimKey key, DomainName domain) => new(
        key.Id, key.Selector, key.Algorithm, key.Bits, key.State, DkimRecord.NameOf(key.Selector, domain.Value), DkimRecordText.Of(Published(key)), key.IsSeen, key.SeenAt, key.CheckedAt, key.ActiveSince, key.RetiringSince, StoredJson.Read<IReadOnlyList<RecordSighting>>(key.Sightings) ?? []);
}
