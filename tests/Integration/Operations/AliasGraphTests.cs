using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>
/// Mail that goes in a circle is accepted by Postfix and deferred for days. So is mail that ends at more than 1,000
/// addresses. Both are refused before they are saved, with the way that leads there.
/// </summary>
public sealed class AliasGraphTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbTheory]
    [InlineData("b@example.org", "a@example.org → b@example.org → a@example.org")]
    [InlineData("d@example.org", "a@example.org → d@example.org → c@example.org → b@example.org → a@example.org")]
    [InlineData("b+news@example.org", "a@example.org → b+news@example.org → a@example.org")]
    [InlineData("b@alias.example", "a@example.org → b@alias.example → a@example.org")]
    [InlineData("A+x@example.org", "a@example.org → a+x@example.org")]
    [InlineData("nobody@caught.example", "a@example.org → nobody@caught.example → a@example.org")]
    [InlineData("leaves@example.org", "a@example.org → leaves@example.org → a@example.org")]
    [InlineData("onward@example.org", "a@example.org → onward@example.org → p@example.org → q@example.org → p@example.org")]
    [InlineData("fine@elsewhere.example p@example.org", "a@example.org → p@example.org → q@example.org → p@example.org")]
    public async Task A_circle_is_refused_and_its_way_is_named(string destinations, string way)
    {
        await CircleAsync();

        var problem = Assert.Single(Assert.IsType<Outcome<Saved>.Refused>(await CreateAsync("a", destinations)).Problems);

        Assert.Equal(("Destinations", "AliasLoop", way), (problem.Field, problem.Code, problem.Args[0]));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM addresses WHERE address = 'a@example.org'"));
    }

    [MariaDbTheory]
    [InlineData("keeps@example.org")]
    [InlineData("box@example.org box+x@example.org x@elsewhere.example nobody@example.org")]
    [InlineData("end@example.org box@example.org twice@example.org")]
    public async Task A_way_that_ends_is_taken(string destinations)
    {
        await CircleAsync();

        Done(await CreateAsync("a", destinations));
    }

    [MariaDbFact]
    public async Task A_change_that_closes_a_circle_is_refused_too()
    {
        await DomainAsync("example.org");
        var id = await AliasAsync("a@example.org", "x@elsewhere.example");
        await AliasAsync("b@example.org", "a@example.org");

        AssertRefused(await RunAsync<UpdateAlias, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1, Destinations = "b@example.org" }, Superadmin, default)), "Destinations:AliasLoop");
    }

    [MariaDbFact]
    public async Task A_thousand_addresses_in_the_end_are_taken_and_one_more_is_not()
    {
        await DomainAsync("example.org");
        await AliasAsync("many@example.org", [.. Enumerable.Range(0, 600).Select(n => $"m{n}@elsewhere.example")]);
        await AliasAsync("more@example.org", [.. Enumerable.Range(600, 400).Select(n => $"m{n}@elsewhere.example")]);

        Done(await CreateAsync("a", "many@example.org more@example.org"));
        AssertRefused(await CreateAsync("b", "a@example.org one@elsewhere.example"), "Destinations:ExpandsTooFar");
    }

    /// <summary>Postfix takes no duplicates out while it expands: shown by AliasCheckTests of the mail stack.</summary>
    [MariaDbFact]
    public async Task An_address_that_is_reached_in_two_ways_counts_twice()
    {
        await DomainAsync("example.org");
        await AliasAsync("many@example.org", [.. Enumerable.Range(0, 500).Select(n => $"m{n}@elsewhere.example")]);
        await AliasAsync("same@example.org", [.. Enumerable.Range(0, 500).Select(n => $"m{n}@elsewhere.example")]);
        await AliasAsync("other@example.org", "m1@elsewhere.example");

        Done(await CreateAsync("a", "many@example.org same@example.org"));
        AssertRefused(await CreateAsync("b", "many@example.org same@example.org other@example.org"), "Destinations:ExpandsTooFar");
    }

    [MariaDbFact]
    public async Task A_mailbox_does_not_forward_in_a_circle_nor_to_too_many()
    {
        await CircleAsync();
        var id = await MailboxAsync("new@example.org");
        Task<Outcome<Saved>> Forward(string to, bool keepsCopy) => RunAsync<UpdateMailbox, Outcome<Saved>>(async o =>
            await o.RunAsync(new() { Id = id, Version = long.Parse(await AskAsync($"SELECT version FROM mailboxes WHERE id = {id}"), CultureInfo.InvariantCulture), Forwards = to, KeepsCopy = keepsCopy }, Superadmin, default));
        string To(int count) => string.Join(' ', Enumerable.Range(0, count).Select(n => $"m{n}@elsewhere.example"));

        AssertRefused(await Forward("p@example.org", false), "Forwards:AliasLoop");
        AssertRefused(await Forward(To(501), true), "Forwards:ExpandsTooFar");
        Done(await Forward(To(500), true));
        Done(await Forward(To(501), false));
        Done(await Forward("c@example.org", true));
        Done(await RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(new() { DomainName = "example.org", LocalPart = "a", Destinations = "new@example.org" }, Superadmin, default)));
        AssertRefused(await Forward("c@example.org", false), "Forwards:AliasLoop");
    }

    [MariaDbFact]
    public async Task A_long_way_is_followed_to_its_end_and_shortened_in_the_sentence()
    {
        await DomainAsync("example.org");
        for (var n = 1; n <= 60; n++) await AliasAsync($"s{n}@example.org", n == 60 ? "a@example.org" : $"s{n + 1}@example.org");

        var problem = Assert.Single(Assert.IsType<Outcome<Saved>.Refused>(await CreateAsync("a", "s1@example.org")).Problems);
        Assert.Contains("…", (string)problem.Args[0], StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task Internal_and_sending_members_are_stored_and_a_catch_all_has_no_members()
    {
        await DomainAsync("example.org");

        Done(await RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(
            new() { DomainName = "example.org", LocalPart = "team", Destinations = "x@y.example", IsInternal = true, MembersMaySend = true }, Superadmin, default)));
        Assert.Equal("1\t1", await AskAsync("SELECT is_internal, members_may_send FROM addresses"));
        AssertRefused(
            await RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(
                new() { DomainName = "example.org", IsCatchAll = true, Destinations = "x@y.example", MembersMaySend = true }, Superadmin, default)),
            "MembersMaySend:CatchAllHasNoMembers");
    }

    private async Task CircleAsync()
    {
        await DomainAsync("example.org");
        await DomainAsync("caught.example");
        await AliasDomainAsync("alias.example", "example.org");
        await AliasAsync("b@example.org", "a@example.org");
        await AliasAsync("c@example.org", "b@example.org");
        await AliasAsync("d@example.org", "x@elsewhere.example", "c@example.org");
        await AliasAsync("@caught.example", "a@example.org");
        await AliasAsync("p@example.org", "q@example.org");
        await AliasAsync("q@example.org", "p@example.org");
        await AliasAsync("end@example.org", "box@example.org");
        await AliasAsync("twice@example.org", "end@example.org", "box@example.org");
        await MailboxAsync("box@example.org");
        await MailboxAsync("keeps@example.org", null, true, "a@example.org");
        await MailboxAsync("onward@example.org", null, true, "p@example.org");
        await MailboxAsync("leaves@example.org", null, false, "a@example.org");
    }

    private Task<Outcome<Saved>> CreateAsync(string name, string destinations) =>
        RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(new() { DomainName = "example.org", LocalPart = name, Destinations = destinations }, Superadmin, default));
}
