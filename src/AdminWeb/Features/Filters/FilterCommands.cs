using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Filters;

/// <summary>`mailbox filter list|set|clear|spam`.</summary>
internal static class FilterCommands
{
    // As `mailbox filter list --json` writes it; a word that is none of them is a typing error.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 8,
    };

    /// <param name="address">Of the mailbox.</param>
    public static Command Create(string[] settings, Argument<string> address)
    {
        string Tells(ParseResult parsed) => $"mailbox filter list {parsed.GetValue(address)}";
        var list = new Command("list", "Show the rules that a mailbox's mail is sorted by, with --json as `set` reads them.") { address };
        list.Runs(settings, (session, parsed, ct) => WithAsync(session, parsed, address, found => Task.FromResult(Done(session, found)), ct));
        var set = new Command("set", "Give a mailbox the rules that stand on stdin as JSON, and no others.") { address };
        set.Runs(settings, (session, parsed, ct) => WithAsync(session, parsed, address, found => SetAsync(session, found, ct), ct), Tells);
        var clear = new Command("clear", "Take all rules of a mailbox away.") { address };
        clear.Runs(settings, (session, parsed, ct) => WithAsync(session, parsed, address, found => ReplaceAsync(session, found, [], ct), ct), Tells);
        var from = new Argument<string>("from") { Description = $"Points from {SpamMark.Least} to {SpamMark.Most}; \"{SetSpamMark.Never}\": nothing goes to Junk; \"{SetSpamMark.Server}\": what the server marks, from {Rspamd.MarkedFrom} points on." };
        var spam = new Command("spam", "Say from how many points of the spam filter a mailbox's mail goes to Junk.") { address, from };
        spam.Runs(settings, (session, parsed, ct) => WithAsync(session, parsed, address, async found =>
            await AgainAsync(session, found, await session.Get<SetSpamMark>().RunAsync(new() { MailboxId = found.MailboxId, From = parsed.GetValue(from) }, session.Actor, ct), ct), ct), Tells);
        return new Command("filter", "Rules that a mailbox's mail is sorted by as it arrives.") { list, set, clear, spam };
    }

    private static async Task<int> WithAsync(Session session, ParseResult parsed, Argument<string> address, Func<FilterList, Task<int>> run, CancellationToken ct) =>
        EmailAddress.TryParse(parsed.GetValue(address), out var mailbox) && await session.Get<FilterRows>().FindAsync(mailbox, session.Actor, ct) is { } found
            ? await run(found)
            : session.NotFound($"mailbox {parsed.GetValue(address)}");

    private static async Task<int> SetAsync(Session session, FilterList list, CancellationToken ct)
    {
        using var stdin = new Stdin();
        try
        {
            var rules = JsonSerializer.Deserialize<List<RuleForm?>>(await stdin.ReadToEndAsync(ct), Json);
            return rules is null || rules.Any(r => r?.Conditions is null || r.Conditions.Any(line => line is null))
                ? session.Output.Refused([new Problem("Rules", "FiltersUnreadable", "null")])
                : await ReplaceAsync(session, list, rules!, ct);
        }
        catch (JsonException e)
        {
            return session.Output.Refused([new Problem("Rules", "FiltersUnreadable", e.Message)]);
        }
    }

    private static async Task<int> ReplaceAsync(Session session, FilterList list, IReadOnlyList<RuleForm> rules, CancellationToken ct) =>
        await AgainAsync(session, list, await session.Get<ReplaceFilters>().RunAsync(new() { MailboxId = list.MailboxId, Rules = rules }, session.Actor, ct), ct);

    private static async Task<int> AgainAsync(Session session, FilterList list, Outcome<Saved> outcome, CancellationToken ct)
    {
        if (outcome is not Outcome<Saved>.Done) return session.Answer(outcome, $"mailbox {list.Address}", _ => ExitStatus.Done);

        return await session.Get<FilterRows>().FindAsync(EmailAddress.Parse(list.Address), session.Actor, ct) is { } now ? Done(session, now) : session.NotFound($"mailbox {list.Address}");
    }

    private static int Done(Session session, FilterList list) =>
        session.Output.Done(list.Rules.Select(RuleForm.Of<RuleForm>).ToList(), _ => Text(list));

    private static string Text(FilterList list) =>
        $"""
        {list.Address}: {(list.Filters.Count == 0 ? "no rules" : string.Join(", ", list.Rules.Select(r => r.IsOn ? r.Name : $"{r.Name} (off)")))}{Spam(list.Spam)}{State(list)}

        {list.Sieve}
        """.TrimEnd();

    private static string Spam(SpamMark mark) => !mark.IsOurs ? "" : mark.From switch
    {
        null => $"; spam as the server marks it, from {Rspamd.MarkedFrom} points on",
        SpamMark.Never => "; nothing goes to Junk",
        { } points => $"; spam from {points} points on",
    };

    private static string State(FilterList list) => list.Script switch
    {
        null or Data.Model.ScriptState.Written => "",
        Data.Model.ScriptState.Refused => $"\nRefused by the mail server: {list.Refusal}",
        _ => $"\nNot yet at the mail server: {list.Refusal}",
    };
}
