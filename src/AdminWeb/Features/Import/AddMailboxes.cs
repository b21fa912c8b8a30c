using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;

namespace AdminPanel.Web.Features.Import;

/// <summary>What became of one line.</summary>
/// <param name="DomainId">Null where it is in none that the actor may add to.</param>
/// <param name="GeneratedPassword">The password the panel made, to be shown once; null for every other line.</param>
internal sealed record AddedLine(ImportLine Line, long? DomainId, KeptProblem? Problem, string? GeneratedPassword);

/// <summary>A line, the hash of its password, and the password itself where the panel made it.</summary>
internal sealed record HashedLine(ImportLine Line, string Hash, string? GeneratedPassword);

/// <summary>Adds some lines of an import, by the rules and with the audit entries of <see cref="Mailboxes.CreateMailbox"/>: the job's steps and the command line do it by this.</summary>
public sealed class AddMailboxes(AdminDb db, ImportPlanner planner, PasswordHasher hasher)
{
    /// <summary>Outside of any transaction: a hash takes a tenth of a second, and nobody should wait for a domain's lock that long.</summary>
    internal async Task<IReadOnlyList<HashedLine>> HashAsync(IReadOnlyList<ImportLine> lines, CancellationToken ct)
    {
        var hashed = new HashedLine[lines.Count];
        await Parallel.ForAsync(0, lines.Count, new ParallelOptions { MaxDegreeOfParallelism = hasher.Places, CancellationToken = ct }, async (i, token) =>
        {
            var line = lines[i];
            var generated = line.NeedsPassword ? PasswordGenerator.Generate() : null;
            hashed[i] = new HashedLine(line, line.PasswordHash is { Length: > 0 } given ? given : await hasher.HashAsync(generated ?? line.Password!, token), generated);
        });
        return hashed;
    }

    /// <summary>Inside a transaction: locks the domains, judges each line by what is stored now, and adds those that nothing is against. The caller saves.</summary>
    internal async Task<IReadOnlyList<AddedLine>> AddAsync(IReadOnlyList<HashedLine> lines, Actor actor, CancellationToken ct)
    {
        IReadOnlyList<ImportLine> wanted = [.. lines.Select(l => l.Line)];
        foreach (var domainId in await planner.DomainIdsAsync(wanted, actor, ct)) await db.LockDomainAsync(domainId, ct);
        if (wanted.Any(l => !string.IsNullOrWhiteSpace(l.Forwards))) await db.LockForwardsAsync(ct);
        var added = new List<AddedLine>();
        foreach (var (plan, hashed) in (await planner.ReadAsync(wanted, actor, ct)).Zip(lines))
        {
            var problem = plan.Problems is [var first, ..] ? first : null;
            if (plan.Draft is { } draft)
            {
                var (_, reasons) = await draft.AddToAsync(db, plan.DomainId!.Value, hashed.Hash, actor, ct);
                problem = reasons is null ? KeptProblem.Of("JobThingGone") : reasons is [var reason, ..] ? KeptProblem.Of(reason) : null;
            }
            added.Add(new AddedLine(plan.Line, plan.DomainId, problem, problem is null ? hashed.GeneratedPassword : null));
        }
        return added;
    }
}
