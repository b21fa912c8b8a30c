using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Import;

/// <summary>A line that would be added, and where.</summary>
/// <param name="DomainId">Null where it is in none that the actor may add to.</param>
internal sealed record PlannedMailbox(ImportLine Line, long? DomainId, MailboxDraft? Draft, IReadOnlyList<KeptProblem> Problems);

/// <summary>Says for each line of an import what would become of it, one after the other: the last place of a domain goes to the first that asks. Writes nothing.</summary>
public sealed class ImportPlanner(AdminDb db)
{
    // What one query asks for.
    private const int Chunk = 1000;

    private static readonly string[] Yes = ["", "1", "yes", "true", "y", "active", "on", "ja", "wahr", "aktiv"];

    private static readonly string[] No = ["0", "no", "false", "n", "inactive", "off", "nein", "falsch", "inaktiv"];

    private static readonly string[] Unlimited = ["none", "unlimited", "ohne", "unbegrenzt"];

    public async Task<IReadOnlyList<PlannedLine>> PlanAsync(IReadOnlyList<ImportLine> lines, Actor actor, CancellationToken ct) =>
        [.. (await ReadAsync(lines, actor, ct)).Select(p => new PlannedLine(p.Line, p.Problems))];

    internal async Task<IReadOnlyList<PlannedMailbox>> ReadAsync(IReadOnlyList<ImportLine> lines, Actor actor, CancellationToken ct)
    {
        var addresses = Addresses(lines);
        var domains = await DomainsAsync(addresses, actor, ct);
        var owners = await OwnersAsync(addresses.Where(a => domains.ContainsKey(a.Domain)), ct);
        var delimiter = await db.RecipientDelimiterAsync(ct);
        var firstLines = new Dictionary<string, int>(StringComparer.Ordinal);
        var plans = new List<PlannedMailbox>();
        foreach (var line in lines) plans.Add(await PlanAsync(line, delimiter, domains, owners, firstLines, actor, ct));
        return plans;
    }

    /// <summary>The domains of these lines in which the actor may add mailboxes.</summary>
    internal async Task<IReadOnlyList<long>> DomainIdsAsync(IReadOnlyList<ImportLine> lines, Actor actor, CancellationToken ct) =>
        [.. (await DomainsAsync(Addresses(lines), actor, ct)).Values.Select(d => d.Id).Order()];

    private static List<EmailAddress> Addresses(IReadOnlyList<ImportLine> lines) =>
        [.. lines.Where(l => l.Fault is null).Select(l => EmailAddress.TryParse(l.Address, out var address) ? address : (EmailAddress?)null).OfType<EmailAddress>().Distinct()];

    private async Task<Dictionary<DomainName, MailDomain>> DomainsAsync(IReadOnlyList<EmailAddress> addresses, Actor actor, CancellationToken ct)
    {
        var found = new Dictionary<DomainName, MailDomain>();
        foreach (var names in addresses.Select(a => a.Domain).Distinct().Chunk(Chunk).Select(c => c.ToList()))
        {
            // Not tracked: the counters go up here while the lines are counted, and are not saved.
            foreach (var domain in await db.Domains.AsNoTracking().PermittedTo(actor, DomainPermissions.Mailboxes).Where(d => d.Kind == DomainKind.Hosted && names.Contains(d.Name)).ToListAsync(ct))
                found[domain.Name] = domain;
        }
        return found;
    }

    private async Task<Dictionary<string, AddressKind>> OwnersAsync(IEnumerable<EmailAddress> addresses, CancellationToken ct)
    {
        var owners = new Dictionary<string, AddressKind>(StringComparer.Ordinal);
        foreach (var values in addresses.Select(a => a.Value).Chunk(Chunk).Select(c => c.ToList()))
        {
            foreach (var taken in await db.Addresses.Where(a => values.Contains(a.Address)).Select(a => new { a.Address, a.Kind }).ToListAsync(ct)) owners[taken.Address] = taken.Kind;
        }
        return owners;
    }

    private async Task<PlannedMailbox> PlanAsync(
        ImportLine line, RecipientDelimiter delimiter, Dictionary<DomainName, MailDomain> domains, Dictionary<string, AddressKind> owners, Dictionary<string, int> firstLines, Actor actor, CancellationToken ct)
    {
        if (line.Fault is { } unreadable) return new PlannedMailbox(line, null, null, [unreadable]);
        if (!EmailAddress.TryParse(line.Address, out var address, out var fault)) return new PlannedMailbox(line, null, null, [KeptProblem.Of(fault == AddressFault.Empty ? "ImportAddressEmpty" : fault.ToString(), ImportFile.Shown(line.Address))]);
        if (!domains.TryGetValue(address.Domain, out var domain)) return new PlannedMailbox(line, null, null, [KeptProblem.Of("ImportDomainUnknown", address.Domain.Unicode)]);

        var reading = new Reading();
        if (!firstLines.TryAdd(address.Value, line.Number)) reading.Add(new Problem("", "ImportDuplicate", firstLines[address.Value]));
        var draft = MailboxDraft.Read(Input(line, address, reading), domain, delimiter, db.UtcNow, reading);
        if (draft is not null && owners.TryGetValue(address.Value, out var owner)) reading.Add(draft.TakenBy(owner));
        if (draft is not null && !reading.HasProblems) reading.Add(await db.ForwardProblemAsync(nameof(CreateMailbox.Input.Forwards), draft.Address, domain.Id, draft.Forwards, actor, ct));
        // A line that is left out takes no place.
        if (draft is not null && !reading.HasProblems)
        {
            foreach (var reason in DomainCounters.ReasonsAgainst(domain, draft.Charge)) reading.Add(reason);
        }
        if (reading.HasProblems) return new PlannedMailbox(line, domain.Id, null, [.. reading.Problems.Select(KeptProblem.Of)]);

        domain.MailboxCount++;
        domain.AllocatedQuota += draft!.Quota ?? 0;
        return new PlannedMailbox(line, domain.Id, draft, []);
    }

    private static CreateMailbox.Input Input(ImportLine line, EmailAddress address, Reading reading)
    {
        if (line is { Password.Length: > 0, PasswordHash.Length: > 0 }) reading.Add(new Problem("", "ImportPasswordTwice"));
        if (line.PasswordHash is { Length: > 0 } hash) reading.Add(GivenHash.Check(hash, ""));
        var active = (line.Active ?? "").ToLowerInvariant();
        if (!Yes.Contains(active) && !No.Contains(active)) reading.Add(new Problem("", "ActiveUnreadable", ImportFile.Shown(line.Active)));
        var hasNoQuota = Unlimited.Contains((line.Quota ?? "").ToLowerInvariant());
        return new CreateMailbox.Input
        {
            LocalPart = address.LocalPart.Value,
            DisplayName = line.Name,
            Password = line.Password,
            // A hash that is given is judged above.
            GeneratesPassword = string.IsNullOrEmpty(line.Password),
            HasNoQuota = hasNoQuota,
            Quota = hasNoQuota ? null : line.Quota,
            Forwards = line.Forwards,
            IsActive = !No.Contains(active),
        };
    }
}
