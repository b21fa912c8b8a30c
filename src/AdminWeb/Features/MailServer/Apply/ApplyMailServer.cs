using System.Security.Cryptography.X509Certificates;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Features.MailServer.Settings;
using AdminPanel.Web.Features.MailServer.Verify;
using AdminPanel.Web.Features.Serve;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>What an apply has done, or would do.</summary>
/// <param name="Tree">The tree that is in force now; null where nothing was put in force.</param>
/// <param name="Replaced">What somebody else had written, and where it was.</param>
/// <param name="KeptIn">Where what stood there before is kept; null where nobody else had written anything.</param>
/// <param name="Told">The daemons that have read their files anew, those that were started or restarted among them.</param>
/// <param name="Verified">Null where nothing was to be put in force.</param>
/// <param name="Seen">What was seen working afterwards.</param>
public sealed record ApplyReport(
    string? Tree, IReadOnlyList<FileChange> Changes, bool IsCertificateNew, IReadOnlyList<DriftedFile> Replaced, string? KeptIn, IReadOnlyList<string> Told, IReadOnlyList<RestartReason> Restarted,
    Verification? Verified, IReadOnlyList<string> Seen);

/// <summary>
/// Puts the panel's configuration of the mail server in force, as root: renders it, lets the programs check it that will
/// read it, switches, tells the daemons, tries them over the network, and puts everything back where one step fails.
/// </summary>
public sealed class ApplyMailServer(MailServerTree tree, VerifyMailServer verify, AdoptChanges adopt, ProbeMailboxes probes, OpenKeys keys, AdminDb db)
{
    private static readonly IReadOnlyDictionary<string, string> NoKeys = new Dictionary<string, string>();

    /// <param name="IsDryRun">Says what would be done, with all checks, and changes nothing.</param>
    /// <param name="Replaces">What somebody else has written is replaced; it is kept beside the trees.</param>
    /// <param name="Adopts">What somebody else has written becomes the panel's settings; not in a dry run.</param>
    public sealed record Input(bool IsDryRun, bool Replaces = false, bool Adopts = false);

    /// <returns>What was done; or why nothing was, everything being as it was.</returns>
    /// <exception cref="IOException">A file or a program fails; everything is as it was, or the next apply puts it back.</exception>
    public async Task<Outcome<ApplyReport>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess) return Outcome.Refused<ApplyReport>(new Problem("", "ApplyNeedsRoot"));
        if (input.IsDryRun) return await ApplyAsync(input, actor, ct);

        try
        {
            var outcome = await ApplyAsync(input, actor, ct);
            await RecordAsync(outcome is Outcome<ApplyReport>.Refused { Problems: var problems } ? problems : []);
            return outcome;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try
            {
                await RecordAsync([new Problem("", "ApplyStopped", e.Message)]);
            }
            catch (Exception other) when (DatabaseFault.In(other) is not null)
            {
                // What stopped it is what is told, even where nobody can write it down.
            }
            throw;
        }

        // It was done, or refused, whether or not somebody still waits for it.
        Task RecordAsync(IReadOnlyList<Problem> problems) => LastApply.RecordAsync(db, Environment.MachineName, problems, CancellationToken.None);
    }

    private async Task<Outcome<ApplyReport>> ApplyAsync(Input input, Actor actor, CancellationToken ct)
    {
        var version = await VersionAsync(ct);
        var read = await tree.ReadAsync(MailServerTree.Input.AsChosen, ct);
        if (read is not Outcome<MailServerTree.Source>.Done { Value: var source }) return read.As<ApplyReport>();

        var directory = source.Settings.ApplyDirectory;
        using var turn = input.IsDryRun && !Directory.Exists(directory) ? null : await ApplyTurn.TakeAsync(directory, ct);
        var trees = new Trees(directory);
        if (!input.IsDryRun)
        {
            await new Switchover(directory, trees).RecoverAsync(ct);
            await probes.RemoveAsync(directory, actor, ct);
        }
        var applied = Applied.Read(directory);
        if (CertificateProblem(source.Settings) is { } missing) return Outcome.Refused<ApplyReport>(missing);

        var plan = await ApplyPlan.MakeAsync(source, trees, applied, ct);
        if (input.Adopts && plan.Drift.Count > 0)
        {
            var adopted = await adopt.RunAsync(source, plan.Drift, trees, actor, ct);
            if (adopted is not Outcome<MailServerTree.Source>.Done { Value: var chosen }) return adopted.As<ApplyReport>();

            version = await VersionAsync(ct);
            plan = await ApplyPlan.MakeAsync(chosen, trees, applied, ct);
        }
        if (Refusals(plan, input, directory) is { Count: > 0 } refusals) return Outcome.Refused<ApplyReport>(refusals);
        // A dry run makes no key for them; without one there is none to open.
        var opened = input.IsDryRun && plan.Source.Signing.Count == 0 ? Outcome.Done(NoKeys) : await keys.OpenAsync(plan.Source, ct);
        if (opened is not Outcome<IReadOnlyDictionary<string, string>>.Done { Value: var keyFiles }) return opened.As<ApplyReport>();

        if (!plan.HasNews)
        {
            if (!input.IsDryRun) await db.RecordAppliedAsync(version, ct);
            return Outcome.Done(new ApplyReport(applied?.Tree, [], false, [], null, [], [], null, []));
        }
        var checks = await verify.RunAsync(plan.Source, actor, ct);
        if (checks is not Outcome<Verification>.Done { Value: var verified }) return checks.As<ApplyReport>();

        var report = new ApplyReport(null, plan.Changes, plan.IsCertificateNew, plan.Drift, null, [.. plan.Steps.Select(step => step.New.Name)], plan.Restarts, verified, []);
        return input.IsDryRun ? Outcome.Done(report) : await SwitchAsync(plan, keyFiles, report, version, trees, actor, ct);
    }

    private async Task<Outcome<ApplyReport>> SwitchAsync(ApplyPlan plan, IReadOnlyDictionary<string, string> keyFiles, ApplyReport report, long version, Trees trees, Actor actor, CancellationToken ct)
    {
        var settings = plan.Source.Settings;
        var directory = settings.ApplyDirectory;
        if (settings.UsesRspamd) await SpamFilterAccount.JoinRedisAsync(ct);
        if (settings.Signer == Signer.OpenDkim) await SignerSocket.PrepareAsync(settings, ct);
        if (keyFiles.Count > 0) await OpenKeys.WriteAsync(settings, keyFiles, ct);
        var from = trees.CurrentName;
        var to = plan.Changes.Count == 0 && plan.Drift.Count == 0 && from is not null ? from : await trees.StageAsync(plan.Files, ct);
        // Where all that stands there is what was put there, going back is going to the tree in force.
        var before = from is not null && plan.Drift.Count == 0 ? from : await trees.CopyAsync(plan.Places, ct);
        var links = plan.Places.Where(place => !FindDrift.IsLinked(trees, place.Key, place.Value)).ToDictionary(place => place.Key, place => place.Value, StringComparer.Ordinal);
        var done = new Applied(to, version, plan.Certificate, plan.Places.ToDictionary(StringComparer.Ordinal), [.. plan.Steps.Select(step => step.New), .. Daemon.Of(settings, plan.Places.Keys).Where(d => plan.Steps.All(s => s.New.Name != d.Name))]);
        var journal = new Journal(ApplyStage.Linking, from, before, to, links, plan.Steps, Journal.ThisBoot, done);
        IReadOnlyList<string> seen = [];
        using var certificate = X509Certificate2.CreateFromPemFile(settings.TlsCertificate, settings.TlsKey);
        try
        {
            await new Switchover(directory, trees).RunAsync(journal, async since => seen = await ProveAsync(plan, since, certificate, actor, ct), ct);
        }
        catch (ApplyFailedException e)
        {
            return Outcome.Refused<ApplyReport>(new Problem(e.Step, "ApplyFailed", e.Message));
        }
        OpenKeys.Prune(settings, plan.Source.Signing);
        await db.InTransactionAsync(async token =>
        {
            await db.RecordAppliedAsync(version, token);
            db.Audit(actor, "mail-server.apply", ChangeSettings.Subject, null, new { Tree = from }, new { Tree = to, Version = version, Files = plan.Changes.Select(change => change.Path), Replaced = plan.Drift.Select(file => file.Place) });
            return Outcome.Done(to);
        }, duplicate: null, ct);
        return Outcome.Done(report with { Tree = to, KeptIn = plan.Drift.Count == 0 ? null : trees.PathOf(before), Seen = seen });
    }

    private async Task<IReadOnlyList<string>> ProveAsync(ApplyPlan plan, double since, X509Certificate2 certificate, Actor actor, CancellationToken ct)
    {
        var settings = plan.Source.Settings;
        var listening = new Listening(certificate);
        var listeners = plan.Steps.SelectMany(step => Listener.Of(step.New, settings).Select(listener => (step.New, Listener: listener))).ToList();
        foreach (var (daemon, listener) in listeners) await listening.AwaitAsync(daemon, listener, since, ct);
        // Those that others ask have no port of their own.
        foreach (var step in plan.Steps) Listening.DemandRunning(step.New);
        try
        {
            var probe = await probes.CreateAsync(settings.ApplyDirectory, actor, ct);
            return [.. listeners.Select(at => $"{at.Listener.Service}: {at.Listener.Endpoint} answers, by new processes alone"), .. await new SmokeTest(settings, certificate, probe).RunAsync(ct)];
        }
        finally
        {
            await probes.RemoveAsync(settings.ApplyDirectory, actor, CancellationToken.None);
        }
    }

    // Read before anything is rendered: what is chosen meanwhile is for the next apply.
    private async Task<long> VersionAsync(CancellationToken ct) => SettingsVersion.Of(await db.Settings.AsNoTracking().ToDictionaryAsync(s => s.Key, ct));

    private static List<Problem> Refusals(ApplyPlan plan, Input input, string directory)
    {
        List<Problem> problems = [.. plan.Places.Where(place => Directory.Exists(place.Value) && new DirectoryInfo(place.Value).LinkTarget is null).Select(place => new Problem(place.Key, "ApplyPlaceIsDirectory", place.Value))];
        if (problems.Count == 0 && !input.Replaces && !input.Adopts) problems.AddRange(plan.Drift.Select(file => new Problem(file.Path, $"Apply{file.Kind}", file.Place, Path.Combine(directory, "trees"), file.Difference)));
        return problems;
    }

    private static Problem? CertificateProblem(MailServerSettings settings) =>
        ((string[])[settings.TlsCertificate, settings.TlsKey]).FirstOrDefault(path => !File.Exists(path)) is { } missing ? new Problem("tls_certificate", "VerifyCertificate", settings.TlsCertificate, settings.TlsKey, $"{missing} is not there") : null;
}
