using System.CommandLine;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>`mailbox vacation show|set|off`.</summary>
internal static class VacationCommands
{
    private static readonly Option<bool> FromStdin = new("--text-stdin") { Description = "Read the text of the reply from stdin, all of it." };

    private static readonly Option<string?> Subject = new("--subject") { Description = "Its subject; none: that of the message that is answered." };

    private static readonly Option<string?> FirstDay = new("--first-day") { Description = "The first day (UTC), as 2026-12-24; none: at once." };

    private static readonly Option<string?> LastDay = new("--last-day") { Description = "The last day (UTC) on which it answers; none: until it is switched off." };

    private static readonly Option<string?> Days = new("--days") { Description = $"For how many days nobody is answered twice: 1 to {Vacation.MaxDays}." };

    /// <param name="address">Of the mailbox.</param>
    public static Command Create(string[] settings, Argument<string> address)
    {
        string Tells(ParseResult parsed) => $"mailbox vacation show {parsed.GetValue(address)}";
        var show = new Command("show", "Show the vacation reply of a mailbox.") { address };
        show.Runs(settings, (session, parsed, ct) => WithAsync(session, parsed, address, row => Task.FromResult(session.Output.Done(row, Text)), ct));
        var set = new Command("set", "Switch it on, or change it. What is not named stays.") { address, FromStdin, Subject, FirstDay, LastDay, Days };
        set.Runs(settings, (session, parsed, ct) => WithAsync(session, parsed, address, async row => await SaveAsync(session, await InputAsync(parsed, row, ct), ct), ct), Tells);
        var off = new Command("off", "Switch it off. Its text stays for the next time.") { address };
        off.Runs(settings, (session, parsed, ct) => WithAsync(session, parsed, address, row => SaveAsync(session, VacationForm.Of(row) with { IsOn = false }, ct), ct), Tells);
        return new Command("vacation", "What a mailbox answers while its owner is away.") { show, set, off };
    }

    private static async Task<int> WithAsync(Session session, ParseResult parsed, Argument<string> address, Func<VacationRow, Task<int>> run, CancellationToken ct) =>
        EmailAddress.TryParse(parsed.GetValue(address), out var mailbox) && await session.Get<VacationRows>().FindAsync(mailbox, session.Actor, ct) is { } row
            ? await run(row)
            : session.NotFound($"mailbox {parsed.GetValue(address)}");

    private static async Task<SetVacation.Input> InputAsync(ParseResult parsed, VacationRow row, CancellationToken ct)
    {
        var stored = VacationForm.Of(row);
        using var stdin = parsed.GetValue(FromStdin) ? new Stdin() : null;
        return stored with
        {
            IsOn = true,
            Text = stdin is null ? stored.Text : await stdin.ReadToEndAsync(ct),
            Subject = Chosen(parsed, Subject, stored.Subject),
            FirstDay = Chosen(parsed, FirstDay, stored.FirstDay),
            LastDay = Chosen(parsed, LastDay, stored.LastDay),
            Days = Chosen(parsed, Days, stored.Days),
        };
    }

    private static async Task<int> SaveAsync(Session session, SetVacation.Input input, CancellationToken ct)
    {
        var outcome = await session.Get<SetVacation>().RunAsync(input, session.Actor, ct);
        if (outcome is not Data.Outcome<Shared.Saved>.Done(var saved)) return session.Answer(outcome, "vacation reply", _ => ExitStatus.Done);

        var row = await session.Get<VacationRows>().FindAsync(EmailAddress.Parse(saved.Name), session.Actor, ct);
        return row is null ? session.NotFound($"mailbox {saved.Name}") : session.Output.Done(row, Text);
    }

    private static string? Chosen(ParseResult parsed, Option<string?> option, string? stored) =>
        parsed.GetResult(option) is null ? stored : parsed.GetValue(option) is "none" ? null : parsed.GetValue(option);

    private static string Text(VacationRow row) => $"""
        {row.Address}: vacation reply {(row.IsOver ? "over" : row.IsOn ? "on" : "off")}{Script(row)}
        first day {VacationForm.Of(row).FirstDay}
        last day  {VacationForm.Of(row).LastDay}
        days      {row.Days}
        subject   {row.Subject}

        {row.Text}
        """;

    private static string Script(VacationRow row) => row.Script switch
    {
        null or ScriptState.Written => "",
        ScriptState.Refused => $", refused by the mail server: {row.Refusal}",
        _ => $", not yet at the mail server: {row.Refusal}",
    };
}
