using AdminPanel.Data;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>Which files of the mail server somebody else has changed since they were put in force.</summary>
public sealed class ShowDrift(MailServerTree tree)
{
    /// <returns>Empty where all is as it was put in force; refused where nothing was yet, or by whoever may not read the files.</returns>
    public async Task<Outcome<IReadOnlyList<DriftedFile>>> RunAsync(CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess) return Outcome.Refused<IReadOnlyList<DriftedFile>>(new Problem("", "ApplyNeedsRoot"));

        var read = await tree.ReadAsync(MailServerTree.Input.AsChosen, ct);
        if (read is not Outcome<MailServerTree.Source>.Done { Value: var source }) return read.As<IReadOnlyList<DriftedFile>>();
        if (Applied.Read(source.Settings.ApplyDirectory) is not { } applied) return Outcome.Refused<IReadOnlyList<DriftedFile>>(new Problem("", "NeverApplied", source.Settings.ApplyDirectory));

        var texts = source.Render().ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal);
        return Outcome.Done(await new FindDrift(new Trees(source.Settings.ApplyDirectory), applied, new Differences(source.Settings)).RunAsync(applied.Places, texts, ct));
    }
}
