using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailServer;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>
/// Where mail does not end as its admin thinks: every alias, catch-all and forward of the actor's domains, followed as
/// Postfix follows them. Each line says what Postfix really does, which depends on how far its lookup tables look ahead
/// (docs/decisions/0005).
/// </summary>
public sealed class AliasCheck(AdminDb db, ServerSettings settings)
{
    // Keys of one command.
    private const int Block = 1000;

    /// <summary>Worst first, then in order of address; null where there is no such domain for this actor.</summary>
    /// <param name="domain">Null: all domains of the actor.</param>
    public async Task<IReadOnlyList<AliasFinding>?> FindAsync(DomainName? domain, Actor actor, CancellationToken ct)
    {
        if (await AliasScope.OfAsync(db, domain, actor, ct) is not { } scope) return null;

        var findings = new List<AliasFinding>();
        var circles = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in await db.ForwardingAsync(settings, scope.DomainId, actor, ct))
        {
            if (!source.IsLive) continue;

            findings.AddRange(source.IsAccepted ? Accepted(source, scope, circles) : [Refused(source, scope)]);
        }
        findings.AddRange(await HidingAsync(scope.DomainId, actor, ct));
        return [.. findings.OrderBy(f => f.Fault)];
    }

    private static AliasFinding Refused(AddressNode source, AliasScope scope)
    {
        if (source.IsGroup)
            return new AliasFinding(AliasFault.Refused, source.Address, source.Kind, [source.Address], source.Out.Count == 0 ? AliasCause.NoMembers : AliasCause.GroupTooLarge);

        var (way, cause) = scope.Shown(DeadWay.After([Hop.Of(source)], source.Out.FirstOrDefault()));
        return new AliasFinding(AliasFault.Refused, source.Address, source.Kind, way, cause, Math.Max(1, source.Out.Count));
    }

    /// <param name="circles">Those that have a line already: one is enough for all addresses on it.</param>
    private static IEnumerable<AliasFinding> Accepted(AddressNode source, AliasScope scope, HashSet<string> circles)
    {
        AliasFinding Finding(AliasFault fault, DeadWay dead, int count = 1)
        {
            var (way, cause) = scope.Shown(dead);
            return new AliasFinding(fault, source.Address, source.Kind, way, cause, count);
        }

        foreach (var destination in source.Out.Where(x => !source.IsGroup && !x.CanReceiveFrom(source)))
            yield return Finding(AliasFault.LeftOut, DeadWay.After([Hop.Of(source)], destination));
        if (source is { Kind: AddressKind.Mailbox, KeepsCopy: false })
            yield return new AliasFinding(AliasFault.StoresNothing, source.Address, source.Kind, [source.Address, source.Out[0].Address], AliasCause.KeepsNoCopy, source.Out.Count);

        if (source.IsGroup && source.GroupAddresses >= GroupSize.Warning)
            yield return new AliasFinding(AliasFault.NearLimit, source.Address, source.Kind, [source.Address], AliasCause.GroupGrows, source.GroupAddresses);

        var expansion = Expansion.Of(source);
        if (expansion.End == ExpansionEnd.TooMany)
            yield return new AliasFinding(AliasFault.TooMany, source.Address, source.Kind, [source.Address], AliasCause.TooMany, expansion.Count);
        if (expansion.End == ExpansionEnd.Circle && (expansion.Way[^1].Owner != source || circles.Add(NameOf(expansion.Way))))
            yield return Finding(AliasFault.Circle, new DeadWay(expansion.Way, AliasCause.Circle));
        var ends = expansion.DeadEnds.ToLookup(e => e[^1].Owner!.IsUnserved);
        if (ends[false].FirstOrDefault() is { } end)
            yield return Finding(AliasFault.Bounces, DeadWay.After(end, end[^1].Owner!.Out.FirstOrDefault()), ends[false].Count());
        if (ends[true].FirstOrDefault() is { } past)
            yield return Finding(AliasFault.Unserved, new DeadWay(past, AliasCause.RelayUnserved), ends[true].Count());
    }

    // The same for every address on it.
    private static string NameOf(IReadOnlyList<Hop> circle) => string.Join(' ', circle.Select(h => h.Owner!.Address).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Objects in alias domains: the panel makes none, others that write into the tables do.</summary>
    private async Task<IReadOnlyList<AliasFinding>> HidingAsync(long? domainId, Actor actor, CancellationToken ct)
    {
        var own = await db.Addresses.VisibleTo(actor).Where(a => a.Domain!.Kind == DomainKind.Alias && (domainId == null || a.DomainId == domainId || a.Domain.TargetId == domainId))
            .Select(a => new { a.Address, a.Kind, Target = a.Domain!.Target!.Name }).ToListAsync(ct);
        var found = new List<AliasFinding>();
        foreach (var some in own.Chunk(Block))
        {
            var hidden = some.ToDictionary(a => $"{a.Address[..a.Address.LastIndexOf('@')]}@{a.Target.Value}", StringComparer.Ordinal);
            IReadOnlyList<string> keys = [.. hidden.Keys];
            foreach (var there in await db.Addresses.Where(a => keys.Contains(a.Address)).OrderBy(a => a.Address).Select(a => a.Address).ToListAsync(ct))
                found.Add(new AliasFinding(AliasFault.Hidden, hidden[there].Address, hidden[there].Kind, [hidden[there].Address, there], AliasCause.Hides));
        }
        return found;
    }
}
