using System.CommandLine;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>`dkim generate|import|list|check|activate|retire|rotate|delete|sealing-key`.</summary>
internal static class DkimCommands
{
    private static readonly Argument<string> Domain = new("DOMAIN") { Description = "A hosted or alias domain, in its own letters or as xn--." };

    private static readonly Argument<string> Selector = new("SELECTOR") { Description = "The key, by its selector." };

    private static readonly Option<string?> NewSelector = new("--selector") { Description = "What to call the key, in DNS labels; the next free name of this year without it." };

    private static readonly Option<DkimAlgorithm> Algorithm = new("--algorithm") { Description = "rsa, which everybody reads, or ed25519, to sign beside it.", DefaultValueFactory = _ => DkimAlgorithm.Rsa };

    private static readonly Option<int> Bits = new("--bits") { Description = "Length of an RSA key: 2048, 3072 or 4096.", DefaultValueFactory = _ => DkimKeyPair.Lengths[0] };

    private static readonly Option<string> Months = new("--months") { Description = "1 to 120, or none.", Required = true };

    public static Command Create(string[] settings)
    {
        var generate = new Command("generate", "Make a key. It signs nothing until its record has been seen at the domain's name servers.") { Domain, NewSelector, Algorithm, Bits };
        generate.Runs(settings, (session, parsed, ct) => AddAsync(session, parsed, null, ct), List);
        var import = new Command("import", "Take a private key from stdin, as OpenDKIM, Rspamd or OpenSSL write it: PEM, or base64 for Ed25519.") { Domain, NewSelector };
        import.Runs(settings, ImportAsync, List);
        var list = new Command("list", "List the keys of a domain, and what their records say.") { Domain };
        list.Runs(settings, ListAsync);
        var check = new Command("check", "Ask each name server of the domain for the record of a key. Exit status 1 when one of them has another, or none.") { Domain, Selector };
        check.Runs(settings, CheckAsync, List);
        var activate = new Command("activate", "Let a key sign from the next apply on; the one that signed retires. Refused until its record has been seen.") { Domain, Selector };
        activate.Runs(settings, (s, p, ct) => OnKeyAsync(s, p, id => s.Get<ActivateDkimKey>().RunAsync(new() { Id = id }, s.Actor, ct), "signs after the next adminpanel apply", ct), List);
        var retire = new Command("retire", "Let a key sign no more; a week later, once more, its record may go.") { Domain, Selector };
        retire.Runs(settings, (s, p, ct) => OnKeyAsync(s, p, id => s.Get<RetireDkimKey>().RunAsync(new() { Id = id }, s.Actor, ct), "was taken one step nearer to its end", ct), List);
        var rotate = new Command("rotate", "Choose after how many months a key that signs is followed by another one; none for never.") { Domain, Months };
        rotate.Runs(settings, RotateAsync, List);
        var delete = new Command("delete", "Delete a key that waits or is retired, for ever.") { Domain, Selector };
        delete.Runs(settings, (s, p, ct) => OnKeyAsync(s, p, id => s.Get<DeleteDkimKey>().RunAsync(new() { Id = id }, s.Actor, ct), "was deleted", ct), List);
        return new Command("dkim", "Keys that sign mail.") { generate, import, list, check, activate, retire, rotate, delete, SealingKeyCommand.Create(settings) };
    }

    private static string List(ParseResult parsed) => $"dkim list {parsed.GetValue(Domain)}";

    private static async Task<int> ImportAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        using var stdin = new Stdin();
        return await AddAsync(session, parsed, await stdin.ReadToEndAsync(ct), ct);
    }

    private static async Task<int> AddAsync(Session session, ParseResult parsed, string? privateKey, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } found) return session.NotFound(What(parsed));

        var input = new AddDkimKey.Input { DomainId = found.DomainId, Selector = parsed.GetValue(NewSelector), PrivateKey = privateKey };
        if (privateKey is null) input = input with { Algorithm = parsed.GetValue(Algorithm), Bits = parsed.GetValue(Bits) };
        var outcome = await session.Get<AddDkimKey>().RunAsync(input, session.Actor, ct);
        if (outcome is not Outcome<Saved>.Done { Value: var saved }) return session.Answer(outcome, What(parsed), _ => ExitStatus.Done);

        var row = (await FindAsync(session, parsed, ct))!.Keys.Single(k => k.Id == saved.Id);
        return session.Output.Done(row, k => $"Added {k.Selector}. Publish this TXT record; the key signs when it has been seen:\n{k.RecordName}\n{k.Record}");
    }

    private static async Task<int> ListAsync(Session session, ParseResult parsed, CancellationToken ct) =>
        await FindAsync(session, parsed, ct) is not { } found
            ? session.NotFound(What(parsed))
            : session.Output.List(
                found.Keys, ("SELECTOR", k => k.Selector), ("KEY", k => k.Bits is { } bits ? $"rsa {bits}" : "ed25519"), ("STATE", k => k.IsLeftOut && k.State == DkimKeyState.Active ? "active (opendkim cannot sign with it)" : Data.Mapping.Words.Of(k.State)),
                ("RECORD SEEN", k => k.CheckedAt is null ? "not looked for" : k.IsSeen ? "yes" : "no"), ("NAME", k => k.RecordName), ("RECORD", k => k.Record));

    private static async Task<int> CheckAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindKeyAsync(session, parsed, ct) is not { } key) return session.NotFound($"key {parsed.GetValue(Selector)} of {parsed.GetValue(Domain)}");

        return session.Answer(await session.Get<CheckDkimKey>().RunAsync(new() { Id = key.Id }, session.Actor, ct), key.Selector, report =>
        {
            session.Output.Done(report, r => string.Join('\n', r.Sightings.Select(s => $"{s.Server ?? key.RecordName}: {s.Verdict.ToString().ToLowerInvariant()}{(s.Found.Count == 0 || s.Verdict == RecordVerdict.Right ? "" : $": {string.Join(" | ", s.Found)}")}")));
            return report.IsSeen ? ExitStatus.Done : ExitStatus.Refused;
        });
    }

    private static async Task<int> RotateAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } found) return session.NotFound(What(parsed));

        var months = parsed.GetValue(Months);
        var outcome = await session.Get<SetDkimRotation>().RunAsync(new() { DomainId = found.DomainId, Months = months == "none" ? null : months }, session.Actor, ct);
        return session.Answer(outcome, What(parsed), saved => session.Output.Done(saved, s => $"The schedule of {s.Name} is saved."));
    }

    private static async Task<int> OnKeyAsync(Session session, ParseResult parsed, Func<long, Task<Outcome<Saved>>> run, string done, CancellationToken ct) =>
        await FindKeyAsync(session, parsed, ct) is not { } key
            ? session.NotFound($"key {parsed.GetValue(Selector)} of {parsed.GetValue(Domain)}")
            : session.Answer(await run(key.Id), key.Selector, saved => session.Output.Done(saved, s => $"{s.Name} {done}."));

    private static async Task<DkimKeyRow?> FindKeyAsync(Session session, ParseResult parsed, CancellationToken ct) =>
        (await FindAsync(session, parsed, ct))?.Keys.FirstOrDefault(k => k.Selector == DkimSelector.Read(parsed.GetValue(Selector)));

    private static async Task<DkimOverview?> FindAsync(Session session, ParseResult parsed, CancellationToken ct) =>
        DomainName.TryParse(parsed.GetValue(Domain), out var name) ? await session.Get<DkimRows>().FindAsync(name, session.Actor, ct) : null;

    private static string What(ParseResult parsed) => $"hosted or alias domain {parsed.GetValue(Domain)}";
}
