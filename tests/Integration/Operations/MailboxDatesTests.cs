using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Mailboxes that work from a day or until a day, and passwords that expire by their domain's rule.</summary>
public sealed class MailboxDatesTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_mailbox_of_next_year_is_scheduled_and_the_last_day_is_whole()
    {
        await DomainAsync("example.org");
        Done(await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
            new() { DomainName = "example.org", LocalPart = "bob", Password = Password, ActiveFrom = "2999-01-01", ActiveUntil = "2999-12-31" }, Superadmin, default)));

        Assert.Equal("2999-01-01 00:00:00.000000\t3000-01-01 00:00:00.000000", await AskAsync("SELECT active_from, active_until FROM addresses"));
        Assert.Equal(AddressState.Scheduled, (await FindAsync("bob@example.org")).State);
        Assert.Equal(["bob@example.org"], await ListAsync(StateFilter.Scheduled));
        Assert.Equal([], await ListAsync(StateFilter.Active));
    }

    [MariaDbFact]
    public async Task A_mailbox_whose_last_day_has_passed_is_expired_and_its_other_settings_can_be_changed()
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        await AskAsync("UPDATE addresses SET active_until = '2020-01-01'");
        var found = await FindAsync("bob@example.org");
        Assert.Equal(AddressState.Expired, found.State);
        Assert.Equal(["bob@example.org"], await ListAsync(StateFilter.Expired));

        Done(await UpdateAsync(new() { Id = id, Version = 1, DisplayName = "Bob", ActiveUntil = found.Period.UntilText }));
        Assert.Equal("2020-01-01 00:00:00.000000", await AskAsync("SELECT active_until FROM addresses"));
        Done(await UpdateAsync(new() { Id = id, Version = 2 }));
        Assert.Equal("NULL", await AskAsync("SELECT active_until FROM addresses"));
    }

    [MariaDbTheory]
    [InlineData("tomorrow", null, "ActiveFrom:DateUnreadable")]
    [InlineData("2999-02-30", null, "ActiveFrom:DateUnreadable")]
    [InlineData(null, "2020-01-01", "ActiveUntil:PeriodOver")]
    [InlineData("2999-02-01", "2999-01-01", "ActiveUntil:PeriodEmpty")]
    public async Task Dates_that_make_no_sense_are_named(string? from, string? until, string problem)
    {
        await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");

        AssertRefused(await UpdateAsync(new() { Id = id, Version = 1, ActiveFrom = from, ActiveUntil = until }), problem);
    }

    [MariaDbFact]
    public async Task A_password_older_than_its_domain_allows_is_expired_until_another_is_set()
    {
        var domain = await DomainAsync("example.org");
        var id = await MailboxAsync("bob@example.org");
        await AskAsync("UPDATE mailboxes SET password_changed_at = UTC_TIMESTAMP(6) - INTERVAL 90 DAY");
        Assert.Null((await FindAsync("bob@example.org")).PasswordExpiresAt);

        Done(await RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = domain, Version = 2, PasswordMaxAge = "90" }, Superadmin, default)));
        Assert.True((await FindAsync("bob@example.org")).IsPasswordExpired);
        var rows = await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(new(), Superadmin, default));
        Assert.True(Assert.Single(rows.Rows).IsPasswordExpired);
        Assert.Equal(AddressState.Active, rows.Rows[0].State);

        Done(await RunAsync<SetMailboxPassword, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { Id = id, Password = Password }, Superadmin, default)));
        var after = await FindAsync("bob@example.org");
        Assert.False(after.IsPasswordExpired);
        Assert.Equal(after.PasswordChangedAt.AddDays(90), after.PasswordExpiresAt);
    }

    [MariaDbTheory]
    [InlineData("0", "PasswordMaxAge:PasswordMaxAgeRange")]
    [InlineData("3651", "PasswordMaxAge:PasswordMaxAgeRange")]
    [InlineData("-1", "PasswordMaxAge:NumberUnreadable")]
    [InlineData("a year", "PasswordMaxAge:NumberUnreadable")]
    public async Task An_age_of_passwords_is_a_number_of_days(string age, string problem)
    {
        var domain = await DomainAsync("example.org");

        AssertRefused(await RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = domain, Version = 1, PasswordMaxAge = age }, Superadmin, default)), problem);
    }

    private Task<Outcome<Saved>> UpdateAsync(UpdateMailbox.Input input) => RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));

    private async Task<MailboxDetail> FindAsync(string address) =>
        (await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(EmailAddress.Parse(address), Superadmin, default)))!;

    private async Task<IEnumerable<string>> ListAsync(StateFilter state) =>
        (await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(new() { State = state }, Superadmin, default))).Rows.Select(r => r.Address);
}
