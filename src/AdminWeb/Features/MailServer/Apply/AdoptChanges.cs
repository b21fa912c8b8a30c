using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.MailServer.Settings;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>Makes what somebody wrote into a file of the mail server the panel's own settings: all of it, or nothing.</summary>
public sealed class AdoptChanges(MailServerTree tree, ChangeSettings change)
{
    /// <param name="source">What would be rendered without them.</param>
    /// <returns>What is rendered with them, which is what somebody wrote; or why that cannot be.</returns>
    internal async Task<Outcome<MailServerTree.Source>> RunAsync(MailServerTree.Source source, IReadOnlyList<DriftedFile> drift, Trees trees, Actor actor, CancellationToken ct)
    {
        var problems = drift.Where(file => file is not { Path: Adoption.File, Kind: DriftKind.Changed }).Select(file => new Problem(file.Path, "AdoptNothing", file.Place)).ToList();
        if (problems.Count > 0) return Outcome.Refused<MailServerTree.Source>(problems);

        var there = await File.ReadAllTextAsync(drift[0].Place, ct);
        // Written over in the tree itself, what was put in place is known no more: what is chosen now is the nearest.
        var before = FindDrift.IsLinked(trees, Adoption.File, drift[0].Place) ? TextOf(source) : await File.ReadAllTextAsync(trees.TargetOf(Adoption.File), ct);
        var read = Adoption.Read(drift[0].Place, before, there);
        if (read is not Outcome<IReadOnlyDictionary<string, string?>>.Done { Value: var settings }) return read.As<MailServerTree.Source>();

        // The proof before anything is chosen: with these settings the file is what somebody wrote.
        var tried = await tree.ReadAsync(new MailServerTree.Input(settings.ToDictionary(s => s.Key, s => s.Value!)), ct);
        if (tried is not Outcome<MailServerTree.Source>.Done { Value: var adopted }) return tried;
        if (!Adoption.AreSame(TextOf(adopted), there)) return Outcome.Refused<MailServerTree.Source>(new Problem(Adoption.File, "AdoptDiffers", drift[0].Place));

        var chosen = await change.RunAsync(new ChangeSettings.Input { Values = settings }, actor, ct);
        return chosen is not Outcome<SettingsChanged>.Done ? chosen.As<MailServerTree.Source>() : await tree.ReadAsync(MailServerTree.Input.AsChosen, ct);
    }

    private static string TextOf(MailServerTree.Source source) => source.Render().Single(file => file.Path == Adoption.File).Text;
}
