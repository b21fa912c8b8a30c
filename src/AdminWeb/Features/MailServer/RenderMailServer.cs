using AdminPanel.Data;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>Writes the configuration tree of the mail server into a directory. It changes nothing in the database, so it leaves no audit entry.</summary>
public sealed class RenderMailServer(MailServerTree tree)
{
    /// <param name="Directory">Made when it does not exist.</param>
    public sealed record Input(string Directory, MailServerTree.Input From);

    /// <param name="Paths">Below the directory, sorted, manifest.json last.</param>
    public sealed record Rendered(string Directory, IReadOnlyList<string> Paths);

    /// <exception cref="IOException">A file cannot be written; those before it are in place, each of them whole.</exception>
    public async Task<Outcome<Rendered>> RunAsync(Input input, CancellationToken ct)
    {
        var read = await tree.ReadAsync(input.From, ct);
        if (read is not Outcome<MailServerTree.Source>.Done { Value: var source }) return read.As<Rendered>();

        var files = source.Render();
        MailServerTree.Write(input.Directory, files);
        return Outcome.Done(new Rendered(input.Directory, [.. files.Select(file => file.Path)]));
    }
}
