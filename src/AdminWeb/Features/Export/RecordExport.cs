using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Export;

/// <summary>Writes down that somebody takes a list away, before its first row leaves: a download that is broken off has shown rows, too.</summary>
public sealed class RecordExport(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>"mailboxes".</summary>
        public required string List { get; init; }

        /// <summary>Null for all domains; one that is not there, or not the actor's, is NotFound.</summary>
        public string? DomainName { get; init; }

        public PageRequest Filter { get; init; } = new();
    }

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        long? domainId = null;
        if (input.DomainName is not null)
        {
            if (!DomainName.TryParse(input.DomainName, out var name)) return Outcome.NotFound<Saved>();

            domainId = await db.Domains.VisibleTo(actor).Where(d => d.Name == name).Select(d => (long?)d.Id).FirstOrDefaultAsync(ct);
            if (domainId is null) return Outcome.NotFound<Saved>();
        }
        return await db.InTransactionAsync(
            _ =>
            {
                db.Audit(actor, "list.export", input.DomainName is null ? input.List : $"{input.List} {input.DomainName}", domainId,
                    after: new { input.Filter.Filter, input.Filter.IsInside, input.Filter.State, input.Filter.Only, input.Filter.Tag });
                return Task.FromResult(Outcome.Done(new Saved(domainId ?? 0, input.List)));
            },
            duplicate: null,
            ct);
    }
}
