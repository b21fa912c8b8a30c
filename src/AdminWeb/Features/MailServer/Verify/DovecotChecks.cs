using System.Diagnostics;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Platform;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailServer.Verify;

/// <summary>
/// Dovecot's queries, asked by Dovecot itself with its own account of the database: a second Dovecot with nothing but its
/// sign-in, in the candidate's directory, says where each mailbox is and who may sign in over each protocol.
/// </summary>
internal sealed class DovecotChecks(Candidate candidate, AdminDb db)
{
    private const string Delivery = "delivery";
    private const string Fails = "VerifyDovecotFails";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly (string Service, Func<Known, bool> Allows)[] Services =
        [("imap", m => m.Access.Imap), ("pop3", m => m.Access.Pop3), ("smtp", m => m.Access.Smtp), ("sieve", m => m.Access.Sieve)];

    // Names that get as far as a program's arguments; auth_username_chars stops them before the query.
    private static readonly string[] Hostile = ["o'connor@", "a\"b@", "back\\slash@", "%u@", "%{user}@", "ü@", "' or '1'='1@", "a b@", "x;y@", "nobody@"];

    /// <summary>How many names it was asked.</summary>
    public int Asked { get; private set; }

    /// <param name="SignsIn">Whether its own password works at all; services and networks aside.</param>
    private sealed record Known(string Address, string Home, MailboxAccess Access, bool SignsIn)
    {
        /// <summary>Where somebody may sign in from; null: from everywhere. Dovecot fails without, where a mailbox names networks.</summary>
        public string? Client => Access.Networks?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)[0].Split('/')[0];
    }

    /// <returns>What is wrong: a query that fails, or an answer that is not what the panel says.</returns>
    public async Task<IReadOnlyList<Problem>> RunAsync(IReadOnlyList<string> live, string domain, CancellationToken ct)
    {
        string[] names = [.. live, .. Hostile.Select(name => name + domain)];
        Asked = names.Length;
        var configuration = candidate.WithoutServices();
        using var dovecot = Programs.Start("dovecot", ["-F", "-c", configuration]);
        try
        {
            if (!await IsReadyAsync(dovecot, ct)) return [new Problem("dovecot/dovecot.conf", "VerifyProgram", "dovecot", candidate.Plain(await SaidAsync(dovecot, ct)))];

            var problems = await DifferencesAsync(configuration, names, ct);
            // What changed while we asked is asked once more, on both sides; what fails, fails.
            return problems.TrueForAll(problem => problem.Code == "VerifyUserDiffers") && problems.Count > 0 ? await DifferencesAsync(configuration, names, ct) : problems;
        }
        finally
        {
            await StopAsync(dovecot, configuration);
        }
    }

    private async Task<List<Problem>> DifferencesAsync(string configuration, string[] names, CancellationToken ct)
    {
        var known = await KnownAsync(names, ct);
        var problems = new List<Problem>();
        await CompareAsync(Delivery, ["user", "-f", "home"], names, known.ToDictionary(m => candidate.Tree.Settings.MailRoot + "/" + m.Home, m => m.Address));
        var clients = await ClientsAsync(known, names, ct);
        foreach (var (service, allows) in Services)
        {
            foreach (var asked in names.GroupBy(clients.GetValueOrDefault))
            {
                string[] from = asked.Key is { } client ? ["-x", "rip=" + client] : [];
                var said = known.Where(m => m.Client == asked.Key && m.SignsIn && allows(m)).ToDictionary(m => m.Address, m => m.Address);
                await CompareAsync(service, ["auth", "lookup", "-f", "user", "-x", "service=" + service, .. from], [.. asked], said);
            }
        }
        return problems;

        async Task CompareAsync(string service, string[] command, string[] names, Dictionary<string, string> said)
        {
            // A mailbox may be called "-f".
            var answer = await Programs.RunAsync("doveadm", ["-c", configuration, .. command, "--", .. names], Patience, ct);
            var complaints = answer.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.EndsWith(" doesn't exist", StringComparison.Ordinal)).Concat(Logged()).Distinct().ToList();
            if (complaints.Count > 0)
            {
                if (!problems.Any(problem => problem.Code == Fails)) problems.Add(new Problem("dovecot/dovecot-sql.conf.ext", Fails, candidate.Plain(string.Join('\n', complaints.Take(3)))));
                return;
            }
            // Who is unknown is an empty line.
            var answered = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
            problems.AddRange(said.Where(m => !answered.Contains(m.Key)).Select(m => new Problem(service, "VerifyUserDiffers", m.Value, service, m.Key, "-")));
            problems.AddRange(answered.Where(a => !said.ContainsKey(a)).Select(a => new Problem(service, "VerifyUserDiffers", a, service, "-", a)));
        }
    }

    /// <summary>The mailboxes among the names that take mail now.</summary>
    private async Task<List<Known>> KnownAsync(string[] names, CancellationToken ct)
    {
        var now = db.UtcNow;
        var mailboxes = await db.Mailboxes.AsNoTracking().Where(m => names.Contains(m.Entry!.Address))
            .Select(m => new { Mailbox = m, Entry = m.Entry!, m.Entry!.Domain!.IsActive, m.Entry.Domain.Kind, m.Entry.Domain.PasswordMaxAgeDays }).ToListAsync(ct);
        return [.. mailboxes.Where(m => AddressStates.At(now, m.Entry.IsActive, m.Entry.ActiveFrom, m.Entry.ActiveUntil, m.IsActive) == AddressState.Active)
            // Under an alias domain's name people sign in as who they are in its target domain (docs/decisions/0017).
            .Select(m => new Known(m.Entry.Address, m.Mailbox.Home, MailboxAccess.Of(m.Mailbox), m.Kind == DomainKind.Hosted && !m.Mailbox.AppPasswordsOnly && !(PasswordExpiry.At(m.Mailbox.PasswordChangedAt, m.PasswordMaxAgeDays) <= now)))];
    }

    /// <summary>By name where it may sign in from, of those that may not from everywhere; under an alias domain's name, too.</summary>
    private async Task<Dictionary<string, string>> ClientsAsync(List<Known> known, string[] names, CancellationToken ct)
    {
        var clients = known.Where(m => m.Client is not null).ToDictionary(m => m.Address, m => m.Client!, StringComparer.Ordinal);
        if (clients.Count == 0) return clients;

        var domains = clients.Keys.Select(address => DomainName.Parse(address[(address.LastIndexOf('@') + 1)..])).Distinct().ToList();
        var targets = await db.Domains.Where(d => d.Kind == DomainKind.Alias && domains.Contains(d.Target!.Name)).Select(d => new { d.Name, Target = d.Target!.Name }).ToListAsync(ct);
        foreach (var name in names)
        {
            var at = name.LastIndexOf('@');
            var own = at < 0 ? null : targets.FirstOrDefault(d => d.Name.Value == name[(at + 1)..]);
            if (own is not null && clients.TryGetValue($"{name[..at]}@{own.Target.Value}", out var client)) clients[name] = client;
        }
        return clients;
    }

    // A query that fails is an internal error to the asker; the log says why.
    private IEnumerable<string> Logged() => File.Exists(candidate.DovecotLog)
        ? File.ReadLines(candidate.DovecotLog).Where(line => line.Contains(" Error: ", StringComparison.Ordinal) || line.Contains(" Fatal: ", StringComparison.Ordinal))
        : [];

    // What it does not take goes to stderr, and what happens to it later into its log.
    private async Task<string> SaidAsync(Process dovecot, CancellationToken ct) =>
        string.Join('\n', [.. dovecot.HasExited ? (await dovecot.StandardError.ReadToEndAsync(ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [], .. Logged().Take(3)]);

    private static async Task StopAsync(Process dovecot, string configuration)
    {
        try
        {
            if (!dovecot.HasExited) await Programs.RunAsync("doveadm", ["-c", configuration, "stop"], Patience, CancellationToken.None);
            await dovecot.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience);
        }
        catch (Exception e) when (e is ProgramException or TimeoutException)
        {
            dovecot.Kill(entireProcessTree: true);
        }
    }

    private async Task<bool> IsReadyAsync(Process dovecot, CancellationToken ct)
    {
        for (var waited = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(waited) < Patience && !dovecot.HasExited; await Task.Delay(20, ct))
        {
            if (File.Exists(candidate.DovecotUserSocket)) return true;
        }
        return false;
    }
}
