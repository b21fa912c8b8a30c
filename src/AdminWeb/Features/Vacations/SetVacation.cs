using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>
/// Switches a mailbox's vacation reply on or off, or changes it: by its owner, or by an admin for the owner, who reads in
/// the export who did. What was chosen is saved first and then taken to the mail server, so that nothing gets lost while
/// that is away.
/// </summary>
public sealed class SetVacation(AdminDb db, KeepScript scripts)
{
    public sealed record Input
    {
        public long Id { get; init; }

        /// <summary>The version the form was filled from; 0 where there was none.</summary>
        public long Version { get; init; }

        public bool IsOn { get; init; }

        public string? Subject { get; init; }

        public string? Text { get; init; }

        /// <summary>"2026-12-24", in UTC; empty: at once.</summary>
        public string? FirstDay { get; init; }

        /// <summary>The last day on which it answers; empty: until it is switched off.</summary>
        public string? LastDay { get; init; }

        /// <summary>For how many days nobody is answered twice.</summary>
        public string? Days { get; init; }
    }

    /// <returns>The mailbox; whether the mail server has it already is asked of <see cref="VacationRows"/>.</returns>
    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var outcome = await db.InTransactionAsync(token => SaveAsync(input, actor, token), duplicate: null, ct);
        if (outcome is Outcome<Saved>.Done(var saved)) await scripts.OfMailboxAsync(saved.Id, ct);
        return outcome;
    }

    private async Task<Outcome<Saved>> SaveAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.LockKeptMailboxAsync(input.Id, actor, OwnerRights.Vacation, ct) is not { } mailbox) return Outcome.NotFound<Saved>();

        var vacation = mailbox.Vacation;
        if ((vacation?.Version ?? 0) != input.Version) return Outcome.Conflict<Saved>(vacation?.Version ?? 0);

        var reading = new Reading();
        var wanted = Read(input, vacation, DateOnly.FromDateTime(db.UtcNow), reading);
        if (input.IsOn && !mailbox.KeepsCopy) reading.Add(new Problem(nameof(Input.IsOn), "VacationNeedsCopy"));
        if (reading.HasProblems) return Outcome.Refused<Saved>(reading.Problems);

        var (entry, before) = (mailbox.Entry!, vacation is null ? null : VacationState.Of(vacation));
        if (vacation is null) db.Vacations.Add(wanted);
        else (vacation.IsOn, vacation.Subject, vacation.Text, vacation.FirstDay, vacation.LastDay, vacation.Days) = (wanted.IsOn, wanted.Subject, wanted.Text, wanted.FirstDay, wanted.LastDay, wanted.Days);
        if (vacation is not null) db.MarkChanged(vacation);
        if (wanted.IsOn || mailbox.Script is not null) db.AskScript(mailbox);
        db.MarkChanged(mailbox);
        db.Audit(actor, "mailbox.set-vacation", entry.Address, entry.DomainId, before, VacationState.Of(wanted));
        return Outcome.Done(new Saved(mailbox.Id, entry.Address));
    }

    private static Vacation Read(Input input, Vacation? stored, DateOnly today, Reading reading)
    {
        var (first, last) = (Day(reading, nameof(Input.FirstDay), input.FirstDay), Day(reading, nameof(Input.LastDay), input.LastDay));
        if (last < first) reading.Add(new Problem(nameof(Input.LastDay), "VacationEndsFirst"));
        // A reply that is over may stay so, and is switched off in peace.
        else if (input.IsOn && last < today && last != stored?.LastDay) reading.Add(new Problem(nameof(Input.LastDay), "VacationOver"));
        var subject = reading.Note(nameof(Input.Subject), input.Subject, Vacation.MaxSubject);
        var text = reading.Text(nameof(Input.Text), input.Text, Vacation.MaxText);
        if (input.IsOn && string.IsNullOrWhiteSpace(input.Text)) reading.Add(new Problem(nameof(Input.Text), "VacationTextEmpty"));
        return new Vacation
        {
            MailboxId = input.Id, IsOn = input.IsOn, Subject = subject, Text = text ?? "", FirstDay = first, LastDay = last, Days = ReadDays(reading, input.Days),
        };
    }

    private static int ReadDays(Reading reading, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Vacation.DefaultDays;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= Vacation.MaxDays) return days;

        reading.Add(new Problem(nameof(Input.Days), "VacationDays", Vacation.MaxDays));
        return Vacation.DefaultDays;
    }

    private static DateOnly? Day(Reading reading, string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        // Within what a date column holds.
        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 9000) return day;

        reading.Add(new Problem(field, "DayUnreadable", text.Trim()));
        return null;
    }

    /// <summary>What an audit entry says of it: not the text, which is long and the owner's.</summary>
    private sealed record VacationState(bool IsOn, string? Subject, int TextLength, DateOnly? FirstDay, DateOnly? LastDay, int Days)
    {
        public static VacationState Of(Vacation v) => new(v.IsOn, v.Subject, v.Text.Length, v.FirstDay, v.LastDay, v.Days);
    }
}
