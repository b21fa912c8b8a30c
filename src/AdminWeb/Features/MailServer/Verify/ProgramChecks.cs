using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using AdminPanel.Data;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Verify;

/// <summary>A tree as the programs judge it that will read it, and what they do not look at: that it starts no program but the daemons' own, and the certificate.</summary>
internal static partial class ProgramChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The programs that a service of master.cf may be: all are Postfix's own, and none runs another.</summary>
    private static readonly HashSet<string> Services = new(StringComparer.Ordinal)
    {
        "anvil", "bounce", "cleanup", "discard", "dnsblog", "error", "flush", "lmtp", "pickup", "postlogd", "postscreen", "proxymap", "qmgr", "scache", "showq",
        "smtp", "smtpd", "tlsmgr", "tlsproxy", "trivial-rewrite", "verify",
    };

    /// <returns>What is wrong, all of it.</returns>
    /// <exception cref="ProgramException">A program cannot be asked.</exception>
    public static async Task<IReadOnlyList<Problem>> RunAsync(Candidate candidate, List<string> done, CancellationToken ct)
    {
        List<Problem> problems = [.. Certificate(candidate.Tree.Settings)];
        // Unused and misspelt parameters are warnings, with status 0: a good file leaves nothing to say.
        await SilentAsync("postconf", ["-c", candidate.Postfix, "-n"]);
        var services = await SilentAsync("postconf", ["-c", candidate.Postfix, "-M"]);
        problems.AddRange(services.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Columns().Split(line)).Where(column => column.Length < 8 || !Services.Contains(column[7]))
            .Select(column => new Problem("postfix/master.cf", "VerifyForeignProgram", "postfix/master.cf", column.Length < 8 ? string.Join(' ', column) : column[7])));
        await SilentAsync("postfix", ["-c", candidate.Postfix, "check"]);
        var dovecot = await SilentAsync("doveconf", ["-c", candidate.Dovecot, "-n"]);
        problems.AddRange(Executable().Matches(dovecot.Output).Select(match => match.Groups["program"].Value).Except(OwnPrograms(candidate.Tree.Settings))
            .Select(program => new Problem("dovecot/dovecot.conf", "VerifyForeignProgram", "dovecot/dovecot.conf", program)));
        // A variable of 2.3 is text to 2.4, and no program says so.
        if (candidate.Tree.Versions.Dovecot == DaemonVersions.Dovecot24 && OldVariable().Match(dovecot.Output) is { Success: true } old)
            problems.Add(new Problem("dovecot/dovecot.conf", "VerifyProgram", "doveconf", $"{old.Value} is a variable of Dovecot 2.3."));
        if (candidate.Tree.Settings.UsesRspamd) await RspamdAsync();
        if (candidate.Tree.Settings.Signer == Signer.OpenDkim) await SilentAsync("opendkim", ["-x", candidate.OpenDkim, "-n"]);
        return problems;

        // It names every rule that is not there without the modules that ask others: only its verdict counts.
        async Task RspamdAsync()
        {
            var answer = await Programs.RunAsync("rspamadm", [$"--var=LOCAL_CONFDIR={candidate.Rspamd}", "configtest", "-c", "/etc/rspamd/rspamd.conf"], Patience, ct);
            done.Add("rspamadm configtest");
            if (answer.Status != 0) problems.Add(new Problem("rspamd", "VerifyProgram", "rspamadm configtest", candidate.Plain(answer.Said)));
        }

        async Task<ProgramAnswer> SilentAsync(string program, IReadOnlyList<string> arguments)
        {
            var answer = await Programs.RunAsync(program, arguments, Patience, ct);
            done.Add($"{program} {arguments[^1]}");
            if (answer.Status != 0 || answer.Errors.Length > 0) problems.Add(new Problem(program, "VerifyProgram", $"{program} {arguments[^1]}", candidate.Plain(answer.Said)));
            return answer;
        }
    }

    // What the panel's own files start: the quota's policy service, and the script that tells Rspamd what was moved.
    private static string[] OwnPrograms(MailServerSettings settings) => ["quota-status -p postfix", $"script {settings.DovecotDirectory}/sieve/rspamd-learn"];

    // Postfix would start and refuse every TLS session; Dovecot would not start at all.
    private static IEnumerable<Problem> Certificate(MailServerSettings settings)
    {
        string? fault = null;
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(settings.TlsCertificate, settings.TlsKey);
            if (certificate.NotAfter.ToUniversalTime() < DateTime.UtcNow) fault = $"it ended on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}";
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            fault = e.Message;
        }
        if (fault is not null) yield return new Problem("tls_certificate", "VerifyCertificate", settings.TlsCertificate, settings.TlsKey, fault);
    }

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Columns();

    [GeneratedRegex(@"^\s*(executable|sieve_pipe_bin_dir|sieve_execute_bin_dir|sieve_filter_bin_dir)\s*=\s*(?<program>.+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Executable();

    [GeneratedRegex(@"%[LMHu]*[undsrwl](?![A-Za-z{])")]
    private static partial Regex OldVariable();
}
