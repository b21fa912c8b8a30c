using System.CommandLine;
using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Audit.Seals;

/// <summary>`audit verify`.</summary>
internal static class AuditCommands
{
    public static Command Create(string[] settings)
    {
        var expect = new Option<string?>("--expect") { Description = "A digest that was kept elsewhere: what was sealed up to it has to be there, unchanged." };
        var verify = new Command("verify", "Compare every audit entry with its seal, and name the first that was changed, deleted or put there. The exit status is 1 when there is one.") { expect };
        verify.Runs(settings, (session, parsed, ct) => VerifyAsync(session, parsed.GetValue(expect)?.Trim(), ct));
        return new Command("audit", "Who changed what.") { verify };
    }

    private static async Task<int> VerifyAsync(Session session, string? expected, CancellationToken ct)
    {
        var (key, reason) = Key(session.Get<IConfiguration>());
        var db = session.Get<AdminDb>();
        var verify = new VerifyAudit(db, key, expected, Console.IsErrorRedirected ? null : new Terminal(await db.AuditSeals.SumAsync(s => (long)s.EntryCount, ct)));
        var found = await verify.RunAsync(ct);
        if (found.Break is { } broken) session.Output.PartFailed(Sentence(broken));
        session.Output.Done(found, f => Summary(f, reason));
        return found.Break is null ? ExitStatus.Done : ExitStatus.Refused;
    }

    // Whoever can change the database cannot take the key file away, so without it the rest is still worth saying.
    private static (KeyFile? Key, string Reason) Key(IConfiguration configuration)
    {
        var path = configuration["Panel:KeyFile"];
        try
        {
            return File.Exists(path) ? (KeyFile.Open(path), "") : (null, $"there is no key file {path} (Panel:KeyFile) that this account can see");
        }
        catch (SettingException e)
        {
            return (null, e.Message);
        }
    }

    private static string Summary(AuditVerification found, string reason)
    {
        var entries = Text($"{found.Entries:N0} entries in {found.Seals:N0} seals");
        var lines = new List<string> { found.Break is null ? $"Every sealed entry is as it was: {entries}." : $"As they were up to there: {entries}." };
        if (found.Late > 0) lines.Add(Text($"Of those, {found.Late:N0} were committed after newer ones had been sealed."));
        if (found.Break is null && found.Unsealed > 0) lines.Add(Text($"Not sealed yet: {found.Unsealed:N0}. A panel that serves seals them within seconds."));
        if (!found.IsKeyed) lines.Add($"The seals themselves were not compared with the key: {reason}.");
        if (found.Break is null && found.SealedAt is { } at) lines.Add(Text($"Sealed to entry {found.SealedTo} on {at:yyyy-MM-dd HH:mm:ss} UTC. Keep this digest elsewhere:\n{found.Digest}"));
        return string.Join('\n', lines);
    }

    private static string Sentence(AuditBreak broken) => broken.Fault switch
    {
        AuditFault.EntryChanged => Text($"Entry {broken.Entry} was changed after it had been sealed (seal {broken.Seal})."),
        AuditFault.EntryDeleted => Text($"Entry {broken.Entry} was deleted after it had been sealed (seal {broken.Seal})."),
        AuditFault.EntryInserted => Text($"Entry {broken.Entry} was put there after the entries around it had been sealed."),
        AuditFault.SealMissing => Text($"Seal {broken.Seal} is missing, or another stands in its place."),
        AuditFault.SealChanged => Text($"Seal {broken.Seal} was changed."),
        AuditFault.SealForged => Text($"Seal {broken.Seal} was not made by this panel: its mark does not fit the key file."),
        AuditFault.SealKeyUnknown => Text($"Seal {broken.Seal} names a key that the key file does not have. Put back the line of that key, if there was one."),
        AuditFault.DigestMissing => "No seal has the digest that was expected: seals were taken away or made anew since it was kept.",
        _ => throw new InvalidOperationException($"{broken.Fault} has no sentence."),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How far it is, on one line that is written over.</summary>
    private sealed class Terminal(long total) : IProgress<long>
    {
        public void Report(long value) => Console.Error.Write(Text($"\r{value:N0} of {total:N0}{(value >= total ? "\r\u001b[K" : "")}"));
    }
}
