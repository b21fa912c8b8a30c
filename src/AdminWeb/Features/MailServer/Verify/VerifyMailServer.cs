using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Explain;

namespace AdminPanel.Web.Features.MailServer.Verify;

/// <summary>
/// Checks the mail server's configuration before anything is touched: by the programs that will read it, and by executing
/// every lookup table and every query of Dovecot over live and hostile keys, beside what `explain` says. It needs root, as
/// the programs do, and changes nothing but a private directory that is gone at the end.
/// </summary>
public sealed class VerifyMailServer(MailServerTree tree, AdminDb db, ExplainAddress explain)
{
    /// <returns>What was checked, or everything that was found against it.</returns>
    /// <exception cref="IOException">A program or the directory fails.</exception>
    public async Task<Outcome<Verification>> RunAsync(Actor actor, CancellationToken ct)
    {
        var read = await tree.ReadAsync(MailServerTree.Input.AsChosen, ct);
        if (read is not Outcome<MailServerTree.Source>.Done { Value: var source }) return read.As<Verification>();

        return await RunAsync(source, actor, ct);
    }

    /// <summary>The same of a tree that is about to be put in place.</summary>
    public async Task<Outcome<Verification>> RunAsync(MailServerTree.Source source, Actor actor, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess) return Outcome.Refused<Verification>(new Problem("", "VerifyNeedsRoot"));

        using var candidate = new Candidate(source);
        var (programs, tables) = (new List<string>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var problems = (await ProgramChecks.RunAsync(candidate, programs, ct)).ToList();
        // A table that Postfix cannot read says the same once more for every key.
        if (problems.Count > 0) return Outcome.Refused<Verification>(problems);

        var live = await Probes.LiveAsync(db, source.Settings.RecipientDelimiter, ct);
        var domain = await Probes.DomainAsync(db, ct);
        problems.AddRange(await new TableChecks(candidate, explain, actor).RunAsync(live, domain, Probes.Hostile(domain), tables, ct));
        var users = new DovecotChecks(candidate, db);
        problems.AddRange(await users.RunAsync(live, domain, ct));
        return problems.Count > 0 ? Outcome.Refused<Verification>(problems) : Outcome.Done(new Verification(programs, tables, users.Asked));
    }
}
