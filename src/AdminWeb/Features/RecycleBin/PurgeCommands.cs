using System.CommandLine;
using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Web.Features.Cli;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>`purge`, and `purge` of mailboxes, aliases and domains.</summary>
internal static class PurgeCommands
{
    /// <summary>The verb that takes a thing out of the bin for ever.</summary>
    /// <param name="noun">As <see cref="RecycledItemRows.Noun"/> says it.</param>
    public static Command Purge(string noun, string[] settings)
    {
        var name = RecycleBinCommands.Named(noun);
        var purge = new Command("purge", $"Take a deleted {noun} out of the recycle bin for ever. Its mail goes with the next adminpanel purge.") { name };
        purge.Runs(
            settings,
            async (session, parsed, ct) => await RecycleBinCommands.FindAsync(session, noun, parsed.GetValue(name)!, ct) is { } item
                ? session.Answer(await RunAsync(session, item.Id, ct), item.Name, plan => session.Output.Done(plan, Sentence))
                : session.NotFound($"{noun} {parsed.GetValue(name)} in the recycle bin"),
            _ => "recycle-bin list");
        return purge;
    }

    public static Command Create(string[] settings)
    {
        var age = new Option<string?>("--older-than") { Description = "Also purge all that has been in the recycle bin so long, as 30d." };
        var purge = new Command("purge", "Remove the mail of purged mailboxes. Run it as root or as the owner of the mail.") { age };
        purge.Runs(settings, (session, parsed, ct) => RunAsync(session, parsed.GetValue(age), ct), _ => "recycle-bin list");
        return purge;
    }

    private static async Task<int> RunAsync(Session session, string? age, CancellationToken ct)
    {
        if (age is not null && Days(age) is null) return session.Output.Refused([new Problem("", "PurgeAgeUnreadable", age)]);

        var removal = session.Get<RemoveMail>();
        removal.BecomeMailAccount();
        var purged = age is null ? [] : await PurgeOldAsync(session, Days(age)!.Value, ct);
        var homes = new List<RemovedHome>();
        await foreach (var home in removal.RunAsync(session.Actor, ct))
        {
            homes.Add(home);
            if (home.Problem is not null) session.Output.PartFailed($"{home.Name}: {home.Problem}");
        }
        var removed = homes.Count(h => h.Outcome == HomeOutcome.Removed);
        session.Output.Done(
            new { Purged = purged, Mail = homes },
            done => $"{done.Purged.Count} purged from the recycle bin. The mail of {removed} mailboxes was removed{(removed < homes.Count ? $", that of {homes.Count - removed} was not" : "")}.");
        return homes.Any(h => h.Outcome == HomeOutcome.Failed) ? ExitStatus.OutsideFailed : homes.Any(h => h.Outcome == HomeOutcome.Refused) ? ExitStatus.Refused : ExitStatus.Done;
    }

    // Each in a transaction of its own, the oldest first: what was done stays done.
    private static async Task<IReadOnlyList<string>> PurgeOldAsync(Session session, int days, CancellationToken ct)
    {
        var db = session.Get<AdminDb>();
        var before = db.UtcNow.AddDays(-days);
        var old = await db.RecycledItems.Where(i => i.ParentId == null && i.DeletedAt < before).OrderBy(i => i.Id).Select(i => i.Id).ToListAsync(ct);
        var names = new List<string>();
        foreach (var id in old)
        {
            if (await RunAsync(session, id, ct) is Outcome<PurgePlan>.Done done) names.Add(done.Value.Name);
        }
        return names;
    }

    // Whoever names it in a shell has typed the name, and sees the plan in the answer.
    private static async Task<Outcome<PurgePlan>> RunAsync(Session session, long id, CancellationToken ct)
    {
        var purge = session.Get<PurgeItem>();
        return await purge.PlanAsync(id, session.Actor, ct) is { } plan
            ? await purge.RunAsync(new() { Id = id, ConfirmName = plan.Name, Plan = plan.Fingerprint() }, session.Actor, ct)
            : Outcome.NotFound<PurgePlan>();
    }

    private static string Sentence(PurgePlan plan) =>
        $"Purged {plan.Name}.{(plan.HomeCount == 0 ? "" : $" The mail of {plan.HomeCount} mailboxes awaits adminpanel purge, run as root.")}{RecycleBinCommands.ReceivedBy(plan.NextOwner)}";

    private static int? Days(string age) =>
        age.EndsWith('d') && int.TryParse(age[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500 ? days : null;
}
