using System.Text.RegularExpressions;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>What is different between two texts, as diff(1) tells it, without the passwords.</summary>
internal sealed partial class Differences
{
    /// <summary>Of one file so many lines are told.</summary>
    private const int Told = 200;

    private const string Masked = "(not shown)";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string[] secrets;

    public Differences(MailServerSettings settings) =>
        secrets = [.. ((string[])[settings.PostfixPassword, settings.DovecotPassword, settings.SignInReportPassword, settings.PanelSievePassword ?? "none"]).Where(secret => secret is not ("" or "none"))];

    /// <param name="from">An existing file.</param>
    /// <param name="to">Another text.</param>
    /// <returns>Lines of both, from the third of diff -u on; empty where they are the same.</returns>
    public async Task<string> FromFileAsync(string from, string to, CancellationToken ct) => Shown(await Programs.RunAsync("diff", ["-u", "--", from, "-"], Patience, ct, System.Text.Encoding.UTF8.GetBytes(to)));

    /// <summary>The same, from a text to an existing file.</summary>
    public async Task<string> FromTextAsync(string from, string to, CancellationToken ct) => Shown(await Programs.RunAsync("diff", ["-u", "--", "-", to], Patience, ct, System.Text.Encoding.UTF8.GetBytes(from)));

    /// <summary>The same, of two files.</summary>
    public async Task<string> FromFileToFileAsync(string from, string to, CancellationToken ct) => Shown(await Programs.RunAsync("diff", ["-u", "--", from, to], Patience, ct));

    private string Shown(ProgramAnswer answer)
    {
        // 1 is that they differ.
        if (answer.Status > 1) throw new ProgramException($"diff failed: {answer.Said}");

        var lines = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        return string.Join('\n', [.. lines.Take(Told).Select(Mask), .. lines.Count > Told ? (string[])[$"({lines.Count - Told} more lines)"] : []]);
    }

    // Also one that is not ours: what somebody wrote into a file may hold another password.
    private string Mask(string line) => Password().Replace(secrets.Aggregate(line, (text, secret) => text.Replace(secret, Masked, StringComparison.Ordinal)), match => match.Groups["name"].Value + Masked);

    [GeneratedRegex(@"(?<name>\b\w*(password|passwd|secret)\w*\s*[=:]\s*)(?!\(not shown\))\S+", RegexOptions.IgnoreCase)]
    private static partial Regex Password();
}
