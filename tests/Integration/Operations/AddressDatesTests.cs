using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>When an address is in use: what people type, what is stored, and which list shows it.</summary>
public sealed class AddressDatesTests(OperationsDatabase database) : OperationsTest(database)
{
    private static readonly CreateAlias.Input Info = new() { DomainName = "example.org", LocalPart = "info", Destinations = "x@y.example" };

    [MariaDbTheory]
    [InlineData("2099-01-02", "2099-01-31", "2099-01-02 00:00:00.000000\t2099-02-01 00:00:00.000000")]
    [InlineData(null, " 2099-12-31 ", "NULL\t2100-01-01 00:00:00.000000")]
    [InlineData("2001-01-01 18:30", "2099-01-01T06:00:05Z", "2001-01-01 18:30:00.000000\t2099-01-01 06:00:05.000000")]
    [InlineData("", "", "NULL\tNULL")]
    public async Task A_day_includes_itself_and_a_moment_is_in_utc(string? from, string? until, string stored)
    {
        await DomainAsync("example.org");

        Done(await CreateAsync(Info with { ActiveFrom = from, ActiveUntil = until }));

        Assert.Equal(stored, await AskAsync("SELECT active_from, active_until FROM addresses"));
    }

    [MariaDbTheory]
    [InlineData("tomorrow", null, "ActiveFrom:DateUnreadable")]
    [InlineData("24.12.2099", null, "ActiveFrom:DateUnreadable")]
    [InlineData("2099-02-30", null, "ActiveFrom:DateUnreadable")]
    [InlineData("0001-01-01", null, "ActiveFrom:DateUnreadable")]
    [InlineData(null, "9999-12-31", "ActiveUntil:DateUnreadable")]
    [InlineData(null, "2099-01-01 25:00", "ActiveUntil:DateUnreadable")]
    [InlineData(null, "2001-01-01", "ActiveUntil:PeriodOver")]
    [InlineData("2099-02-01", "2099-01-31", "ActiveUntil:PeriodEmpty")]
    [InlineData("2099-01-01 10:00", "2099-01-01 10:00", "ActiveUntil:PeriodEmpty")]
    public async Task Dates_that_mean_nothing_are_refused(string? from, string? until, string problem)
    {
        await DomainAsync("example.org");

        AssertRefused(await CreateAsync(Info with { ActiveFrom = from, ActiveUntil = until }), problem);
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM addresses"));
    }

    [MariaDbFact]
    public async Task An_end_that_has_passed_may_stay_and_comes_back_as_it_was_typed()
    {
        await DomainAsync("example.org");
        var id = await AliasAsync("info@example.org", "x@y.example");
        await AskAsync("UPDATE addresses SET active_from = '2001-01-01 18:30:00', active_until = '2002-01-01'");

        var alias = (await FindAsync("info@example.org"))!;
        Assert.Equal((AddressState.Expired, "2001-01-01 18:30", "2001-12-31"), (alias.State, alias.Period.FromText, alias.Period.UntilText));
        var same = new UpdateAlias.Input { Id = id, Version = 1, Destinations = "z@y.example", ActiveFrom = alias.Period.FromText, ActiveUntil = alias.Period.UntilText };
        Done(await UpdateAsync(same));
        AssertRefused(await UpdateAsync(same with { Version = 2, ActiveUntil = "2002-12-31" }), "ActiveUntil:PeriodOver");
        Done(await UpdateAsync(same with { Version = 2, ActiveUntil = null }));

        Assert.Equal("2001-01-01 18:30:00.000000\tNULL", await AskAsync("SELECT active_from, active_until FROM addresses"));
    }

    [MariaDbFact]
    public async Task Every_moment_that_is_stored_comes_back_from_its_text()
    {
        await DomainAsync("example.org");
        await AliasAsync("info@example.org", "x@y.example");
        foreach (var moment in (string[])["2098-01-02 03:04:05.000006", "2098-01-02 03:04:05.100000", "2098-01-02 03:04:00.000000", "2098-01-02 00:00:00.000000"])
        {
            await AskAsync($"UPDATE addresses SET active_until = '{moment}'");
            var alias = (await FindAsync("info@example.org"))!;

            Done(await UpdateAsync(new() { Id = alias.Id, Version = alias.Version, Destinations = "x@y.example", ActiveUntil = alias.Period.UntilText }));

            Assert.Equal(moment, await AskAsync("SELECT active_until FROM addresses"));
        }
    }

    [MariaDbFact]
    public async Task A_list_shows_each_state_by_itself()
    {
        await DomainAsync("example.org");
        foreach (var name in (string[])["always", "dated", "ended", "ended-off", "later", "off"]) await AliasAsync($"{name}@example.org", "x@y.example");
        await AskAsync("""
            UPDATE addresses SET active_from = UTC_TIMESTAMP() - INTERVAL 1 HOUR, active_until = UTC_TIMESTAMP() + INTERVAL 1 HOUR WHERE address LIKE 'dated@%';
            UPDATE addresses SET active_until = UTC_TIMESTAMP() - INTERVAL 1 HOUR WHERE address LIKE 'ended%';
            UPDATE addresses SET active_from = UTC_TIMESTAMP() + INTERVAL 1 HOUR WHERE address LIKE 'later@%';
            UPDATE addresses SET is_active = 0 WHERE address LIKE '%off@%';
            """);

        Assert.Equal("always dated", await InStateAsync(StateFilter.Active));
        Assert.Equal("ended-off off", await InStateAsync(StateFilter.Inactive));
        Assert.Equal("later", await InStateAsync(StateFilter.Scheduled));
        Assert.Equal("ended", await InStateAsync(StateFilter.Expired));
        Assert.Equal(
            "always Active, dated Active, ended-off Inactive, ended Expired, later Scheduled, off Inactive",
            string.Join(", ", (await ListAsync(StateFilter.All)).Select(a => $"{a.Address.Split('@')[0]} {a.State}")));
    }

    private async Task<string> InStateAsync(StateFilter state) => string.Join(' ', (await ListAsync(state)).Select(a => a.Address.Split('@')[0]));

    private async Task<IReadOnlyList<AliasRow>> ListAsync(StateFilter state)
    {
        var ofDomain = await RunAsync<AliasRows, RowPage<AliasRow>?>(r => r.OfDomainAsync(DomainName.Parse("example.org"), new() { State = state }, Superadmin, default));
        var everywhere = await RunAsync<AliasRows, RowPage<AliasRow>>(r => r.EverywhereAsync(new() { State = state }, Superadmin, default));
        Assert.Equal(ofDomain!.Rows, everywhere.Rows);
        return everywhere.Rows;
    }

    private Task<AliasDetail?> FindAsync(string address) => RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync(address, Superadmin, default));

    private Task<Outcome<Saved>> CreateAsync(CreateAlias.Input input) => RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));

    private Task<Outcome<Saved>> UpdateAsync(UpdateAlias.Input input) => RunAsync<UpdateAlias, Outcome<Saved>>(o => o.RunAsync(input, Superadmin, default));
}
