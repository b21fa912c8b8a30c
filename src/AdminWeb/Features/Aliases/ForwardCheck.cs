using System.Text.Json;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>
/// Whether the mail of an address comes to an end: asked by everything that changes where mail goes, in the transaction
/// that writes it, and refused where it does not. What is inactive counts as if it were not: it can be activated at any
/// time (docs/decisions/0024).
/// </summary>
internal static class ForwardCheck
{
    /// <summary>Aliases one after the other. Postfix goes through 1,000; each is a question to the database, and nobody can follow so many.</summary>
    public const int MaxDepth = 100;

    /// <summary>Addresses that one statement goes on from, where many are followed at once.</summary>
    private const int Block = 250;

    /// <summary>
    /// One change at a time of where mail goes, until the end of the transaction: two that are each half of a circle must
    /// see one another. Taken after the locks of domains, so that nobody who has it waits for one of those.
    /// </summary>
    public static Task LockForwardsAsync(this AdminDb db, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"INSERT INTO settings (`key`, value, updated_at) VALUES ('lock.forwards', '', {db.UtcNow}) ON DUPLICATE KEY UPDATE value = value", ct);

    /// <summary>Writes what is changed, and says what is wrong with where the mail of these goes now; null when it comes to an end.</summary>
    public static async Task<Problem?> ForwardProblemAsync(this AdminDb db, string field, IReadOnlyList<AddressEntry> entries, Actor actor, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        return await db.ForwardProblemAsync(field, [.. entries.Select(e => e.Id)], actor, ct);
    }

    /// <summary>The same for addresses whose rows are written.</summary>
    public static async Task<Problem?> ForwardProblemAsync(this AdminDb db, string field, IReadOnlyList<long> addressIds, Actor actor, CancellationToken ct)
    {
        if (addressIds.Count == 0) return null;

        await db.LockForwardsAsync(ct);
        foreach (var (id, origin) in await db.OriginsAsync(addressIds, ct))
        {
            if (await db.ProblemOfAsync(field, id, origin, [], actor, ct) is { } problem) return problem;
        }
        return null;
    }

    /// <summary>
    /// The same for all who forward to a name that comes to this server, however many they are: what is reached from them is
    /// read once for all, to <see cref="MaxDepth"/>. Domains are the superadmins', so nobody else makes it read much.
    /// </summary>
    /// <param name="addressIds">As <see cref="ForwardersIntoAsync"/> found them.</param>
    public static async Task<Problem?> ForwardersProblemAsync(this AdminDb db, string field, IReadOnlyList<long> addressIds, Actor actor, CancellationToken ct)
    {
        if (addressIds.Count == 0) return null;

        await db.LockForwardsAsync(ct);
        var (nodes, origins) = (new AddressNodes(db.UtcNow), new List<AddressNode>());
        foreach (var some in addressIds.Chunk(Block))
        {
            foreach (var (id, origin) in await db.OriginsAsync(some, ct))
            {
                nodes.Add(id, origin);
                origins.Add(origin);
            }
        }
        var level = addressIds;
        for (var depth = 0; level.Count > 0 && depth < MaxDepth; depth++)
        {
            var rows = new List<EdgeRow>();
            foreach (var some in level.Chunk(Block)) rows.AddRange(await db.EdgesAsync(some, ct));
            level = Unknown(rows, nodes);
            nodes.Add(rows);
        }
        foreach (var origin in origins)
        {
            if (await db.ProblemOfAsync(field, origin, actor, ct) is { } problem) return problem;
        }
        return null;
    }

    /// <summary>The same for a mailbox that is written nowhere yet and would keep a copy, so that no circle goes through it.</summary>
    public static async Task<Problem?> ForwardProblemAsync(
        this AdminDb db, string field, EmailAddress mailbox, long domainId, IReadOnlyList<EmailAddress> forwards, Actor actor, CancellationToken ct)
    {
        if (forwards.Count == 0) return null;

        var origin = new AddressNode { Address = mailbox.Value, Kind = AddressKind.Mailbox, DomainId = domainId, State = AddressState.Active, KeepsCopy = true };
        return await db.ProblemOfAsync(field, 0, origin, forwards, actor, ct);
    }

    /// <summary>
    /// Why mail that the mailbox's script sends on to these would come back to it, or to no end; null where it does not. What
    /// the scripts of others send on is not seen here: Dovecot finds out when a message comes by a second time.
    /// </summary>
    public static async Task<Problem?> SendingOnProblemAsync(
        this AdminDb db, string field, AddressEntry mailbox, IReadOnlyList<EmailAddress> to, Actor actor, CancellationToken ct)
    {
        if (to.Count == 0) return null;

        await db.LockForwardsAsync(ct);
        // A node of its own, so that whoever comes to the mailbox's has come back.
        var origin = new AddressNode { Address = mailbox.Address, Kind = AddressKind.Mailbox, DomainId = mailbox.DomainId, State = AddressState.Active, KeepsCopy = true };
        if (await db.ProblemOfAsync(field, 0, origin, to, actor, ct) is { } endless) return endless;

        var (open, seen) = (new Queue<AddressNode>([origin]), new HashSet<AddressNode> { origin });
        while (open.TryDequeue(out var node))
        {
            foreach (var next in node.PossibleAnswers.Select(x => x.Owner).OfType<AddressNode>().Where(seen.Add))
            {
                if (next.Address == mailbox.Address) return new Problem(field, "SendsToItself");
                open.Enqueue(next);
            }
        }
        return null;
    }

    /// <summary>Whoever forwards to an address at one of these names.</summary>
    public static async Task<IReadOnlyList<long>> ForwardersIntoAsync(this AdminDb db, IReadOnlyList<string> domainNames, CancellationToken ct) =>
        await db.Destinations.Where(x => domainNames.Contains(x.DomainName)).Select(x => x.AddressId).Distinct().OrderBy(id => id).ToListAsync(ct);

    private static async Task<Problem?> ProblemOfAsync(
        this AdminDb db, string field, long id, AddressNode origin, IReadOnlyList<EmailAddress> unwritten, Actor actor, CancellationToken ct)
    {
        if (await db.ReadReachedAsync(id, origin, unwritten, ct) is { } tooFar) return tooFar with { Field = field };

        return await db.ProblemOfAsync(field, origin, actor, ct);
    }

    /// <param name="origin">With all that is reached from it.</param>
    private static async Task<Problem?> ProblemOfAsync(this AdminDb db, string field, AddressNode origin, Actor actor, CancellationToken ct)
    {
        var expansion = Expansion.OfAll(origin);
        if (expansion.End == ExpansionEnd.Complete) return null;
        if (expansion.End == ExpansionEnd.TooMany) return new Problem(field, "ExpandsTooFar", Expansion.Limit);

        var scope = await AliasScope.OfAsync(db, domain: null, actor, ct);
        var (way, _) = scope!.Shown(new DeadWay(expansion.Way, AliasCause.Circle));
        return new Problem(field, "AliasLoop", AliasFindingText.Way(way));
    }

    /// <summary>
    /// All that is reached, a command a level. Each row of a level is another way to go on, or to end: more than Postfix
    /// makes of one address are too many, whatever they lead to, and no more are read.
    /// </summary>
    private static async Task<Problem?> ReadReachedAsync(this AdminDb db, long id, AddressNode origin, IReadOnlyList<EmailAddress> unwritten, CancellationToken ct)
    {
        var nodes = new AddressNodes(db.UtcNow);
        nodes.Add(id, origin);
        IReadOnlyList<long> level = [id];
        var typed = JsonSerializer.Serialize(unwritten.Select(d => new { Owner = id, Address = d.Value, LocalPart = d.LocalPart.Value, Domain = d.Domain.Value }));
        for (var depth = 0; level.Count > 0; depth++)
        {
            if (depth == MaxDepth) return new Problem("", "WayTooLong", MaxDepth);

            var rows = await db.Database.SqlQueryRaw<EdgeRow>(AddressGraphSql.Level, db.UtcNow, JsonSerializer.Serialize(level), depth == 0 ? typed : "[]").ToListAsync(ct);
            if (rows.Count > Expansion.Limit) return new Problem("", "ExpandsTooFar", Expansion.Limit);

            level = Unknown(rows, nodes);
            nodes.Add(rows);
        }
        return null;
    }

    private static async Task<IReadOnlyList<(long Id, AddressNode Node)>> OriginsAsync(this AdminDb db, IReadOnlyList<long> ids, CancellationToken ct)
    {
        var found = await db.Addresses.Where(a => ids.Contains(a.Id)).OrderBy(a => a.Address)
            .Select(a => new { a.Id, a.Address, a.Kind, a.DomainId, a.IsGroup, Keeps = (bool?)a.Mailbox!.KeepsCopy }).ToListAsync(ct);
        return [.. found.Select(a => (a.Id, new AddressNode { Address = a.Address, Kind = a.Kind, DomainId = a.DomainId, State = AddressState.Active, KeepsCopy = a.Keeps ?? false, IsGroup = a.IsGroup }))];
    }

    // The statement stops at the limit: of one address that is too many already, of several it says nothing.
    private static async Task<List<EdgeRow>> EdgesAsync(this AdminDb db, long[] ids, CancellationToken ct)
    {
        var rows = await db.Database.SqlQueryRaw<EdgeRow>(AddressGraphSql.Level, db.UtcNow, JsonSerializer.Serialize(ids), "[]").ToListAsync(ct);
        if (rows.Count <= Expansion.Limit || ids.Length == 1) return rows;

        return [.. await db.EdgesAsync(ids[..(ids.Length / 2)], ct), .. await db.EdgesAsync(ids[(ids.Length / 2)..], ct)];
    }

    private static IReadOnlyList<long> Unknown(IEnumerable<EdgeRow> rows, AddressNodes nodes) => [.. rows.Select(r => r.OwnerId).OfType<long>().Where(owner => !nodes.Has(owner)).Distinct()];
}
