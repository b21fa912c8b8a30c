using System.Globalization;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>One apply at a time on a host, in a directory that only root writes to.</summary>
internal sealed class ApplyTurn : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FileStream file;

    private ApplyTurn(FileStream file) => this.file = file;

    /// <exception cref="IOException">Another apply runs, or somebody else than root may write there.</exception>
    public static async Task<ApplyTurn> TakeAsync(string directory, CancellationToken ct)
    {
        ConfigFile.MakeDirectory(directory);
        var status = (await Programs.RunAsync("stat", ["--format=%u %a", "--", directory], Patience, ct)).Output.Trim().Split(' ');
        if (status is not ["0", var mode] || (Convert.ToInt32(mode, 8) & 0b000_010_010) != 0)
            throw new IOException($"{directory} must be root's, and nobody else may write to it: run chown root {directory} and chmod go-w {directory}. Nothing was changed.");
        if ((Convert.ToInt32(mode, 8) & 0b000_000_001) == 0)
            throw new IOException($"{directory} must be open to the daemons' accounts, which read their files through it: run chmod o+x {directory}. Nothing was changed.");
        try
        {
            return new ApplyTurn(new FileStream(Path.Combine(directory, "apply.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"Another apply runs, or {directory} cannot be written: {e.Message}"), e);
        }
    }

    public void Dispose() => file.Dispose();
}
