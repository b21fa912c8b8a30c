using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>Makes a DKIM key for a domain, or takes one that was made elsewhere. It waits: nothing is signed until its record has been seen.</summary>
public sealed class AddDkimKey(AdminDb db)
{
    /// <summary>Two sign, two retire, and somebody may try.</summary>
    public const int MaxCount = 10;

    public sealed record Input
    {
        /// <summary>Of a hosted or alias domain.</summary>
        public long DomainId { get; init; }

        /// <summary>Empty: the next free one by the year.</summary>
        public string? Selector { get; init; }

        /// <summary>Of a key to make.</summary>
        public DkimAlgorithm Algorithm { get; init; } = DkimAlgorithm.Rsa;

        /// <summary>Of an RSA key to make: one of <see cref="DkimKeyPair.Lengths"/>.</summary>
        public int Bits { get; init; } = DkimKeyPair.Lengths[0];

        /// <summary>A private key to take instead, as <see cref="DkimKeyPair.Read"/> reads it; null: one is made.</summary>
        public string? PrivateKey { get; init; }
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!await db.Domains.WithKeys(actor).AnyAsync(d => d.Id == input.DomainId, ct)) return Outcome.NotFound<Saved>();

        var reading = new Reading();
        var selector = string.IsNullOrWhiteSpace(input.Selector) ? null : DkimSelector.Read(input.Selector);
        if (selector is null && !string.IsNullOrWhiteSpace(input.Selector)) reading.Add(new Problem(nameof(Input.Selector), "DkimSelectorShape", DkimKey.MaxSelector));
        if (!DkimKeyPair.Lengths.Contains(input.Bits)) reading.Add(new Problem(nameof(Input.Bits), "DkimBits", string.Join(", ", DkimKeyPair.Lengths)));
        var given = input.PrivateKey is null ? null : DkimKeyPair.Read(nameof(Input.PrivateKey), input.PrivateKey);
        if (given is Outcome<DkimKeyPair>.Refused refused) foreach (var problem in refused.Problems) reading.Add(problem);
        var sealingKey = await SealingKey.PublicAsync(db, ct);
        if (sealingKey is null) reading.Add(new Problem("", "DkimNoSealingKey"));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        // Before the dear part; asked again under the lock.
        if (await db.DkimKeys.CountAsync(k => k.DomainId == input.DomainId, ct) >= MaxCount) return Outcome.Refused<Saved>(new Problem("", "DkimTooMany", MaxCount));

        // Not on the thread that answers requests: a long one takes seconds.
        var pair = (given as Outcome<DkimKeyPair>.Done)?.Value ?? await Task.Run(() => DkimKeyPair.Generate(input.Algorithm, input.Bits), ct);
        return await db.InTransactionAsync(
            token => InsertAsync(input.DomainId, selector, pair, sealingKey!, actor, token), new Problem(nameof(Input.Selector), "DkimSelectorTaken", selector ?? ""), ct);
    }

    private async Task<Outcome<Saved>> InsertAsync(long domainId, string? selector, DkimKeyPair pair, byte[] sealingKey, Actor actor, CancellationToken ct)
    {
        if (!await db.LockDomainAsync(domainId, ct)) return Outcome.NotFound<Saved>();

        var taken = await db.DkimKeys.Where(k => k.DomainId == domainId).Select(k => k.Selector).ToListAsync(ct);
        if (taken.Count >= MaxCount) return Outcome.Refused<Saved>(new Problem("", "DkimTooMany", MaxCount));
        if (selector is not null && taken.Contains(selector)) return Outcome.Refused<Saved>(new Problem(nameof(Input.Selector), "DkimSelectorTaken", selector));

        var key = new DkimKey
        {
            DomainId = domainId,
            Selector = selector ?? DkimSelector.Next(pair.Algorithm, db.UtcNow.Year, taken),
            Algorithm = pair.Algorithm,
            Bits = pair.Bits,
            PublicKey = Convert.ToBase64String(pair.PublicKey),
            SealedPrivateKey = Convert.ToBase64String(SealedBox.Seal(sealingKey, pair.PrivateKey)),
            State = DkimKeyState.Waiting,
        };
        db.DkimKeys.Add(key);
        await db.SaveChangesAsync(ct);
        var domain = await db.Domains.Where(d => d.Id == domainId).Select(d => d.Name).SingleAsync(ct);
        db.Audit(actor, "dkim.add", domain.Value, domainId, after: new { key.Selector, key.Algorithm, key.Bits, key.PublicKey });
        return Outcome.Done(new Saved(key.Id, key.Selector));
    }
}
