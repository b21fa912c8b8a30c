using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Forwarding;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.Vacations;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Where owners may send their mail.</summary>
public sealed class ForwardTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string Bob = "bob@example.org";

    [MariaDbFact]
    public async Task Mail_goes_to_addresses_of_this_server_and_elsewhere_where_the_domain_lets_it()
    {
        var owner = await BobAsync();
        await DomainAsync("other.example");
        await DomainAsync("off.example", isActive: false);
        await AliasDomainAsync("also.example", "other.example");

        Done(await SetAsync(owner, "ann@other.example\nann@also.example, x@example.org"));
        AssertRefused(await SetAsync(owner, "ann@other.example x@elsewhere.example"), "Forwards:ForwardOutside");
        AssertRefused(await SetAsync(owner, "x@off.example"), "Forwards:ForwardOutside");
        await RightsAsync(OwnerRights.Usual | OwnerRights.ForwardOutside);
        Done(await SetAsync(owner, "x@elsewhere.example", keepsCopy: false));
        Assert.Equal("x@elsewhere.example\t0", await AskAsync("SELECT d.address, m.keeps_copy FROM destinations d, mailboxes m"));

        // What is there already may stay, and go.
        await RightsAsync(OwnerRights.Usual);
        Done(await SetAsync(owner, "x@elsewhere.example\nann@other.example"));
        Done(await SetAsync(owner, "", keepsCopy: false));
        Assert.Equal("1", await AskAsync("SELECT keeps_copy FROM mailboxes"));
        await RightsAsync(OwnerRights.Usual & ~OwnerRights.Forward);
        Assert.IsType<Outcome<Saved>.NotFound>(await SetAsync(owner, "ann@other.example"), exactMatch: true);
        Assert.Equal("4", await AskAsync($"SELECT COUNT(*) FROM audit_entries WHERE action = 'mailbox.set-forward' AND actor = '{Bob}'"));
    }

    [MariaDbFact]
    public async Task Circles_the_own_address_and_a_reply_without_a_copy_are_refused()
    {
        var owner = await BobAsync();
        await MailboxAsync("ann@example.org", keepsCopy: false, forwards: "info@example.org");
        await AliasAsync("info@example.org", Bob);

        AssertRefused(await SetAsync(owner, Bob), "Forwards:DestinationIsItself");
        AssertRefused(await SetAsync(owner, "ann@example.org", keepsCopy: false), "Forwards:AliasLoop");
        AssertRefused(await SetAsync(owner, "nobody"), "Forwards:DestinationNoAt");
        Done(await RunAsync<SetVacation, Outcome<Saved>>(o => o.RunAsync(new() { Id = owner.MailboxId!.Value, IsOn = true, Text = "Away." }, owner, default)));
        AssertRefused(await SetAsync(owner, "x@example.org", keepsCopy: false), "KeepsCopy:VacationIsOn");
        Assert.Equal("2", await AskAsync("SELECT COUNT(*) FROM destinations"));
    }

    [MariaDbFact]
    public async Task Nobody_sets_anothers_and_whoever_was_overtaken_sets_nothing()
    {
        var owner = await BobAsync();
        await MailboxAsync("eve@example.org");
        var eve = owner with { Login = "eve@example.org", MailboxId = long.Parse(await AskAsync("SELECT MAX(id) FROM mailboxes"), CultureInfo.InvariantCulture) };

        Assert.IsType<Outcome<Saved>.NotFound>(
            await RunAsync<SetForward, Outcome<Saved>>(o => o.RunAsync(new() { Id = owner.MailboxId!.Value, Version = 1, Forwards = "x@example.org" }, eve, default)), exactMatch: true);
        Done(await SetAsync(owner, "x@example.org"));
        Assert.IsType<Outcome<Saved>.Conflict>(
            await RunAsync<SetForward, Outcome<Saved>>(o => o.RunAsync(new() { Id = owner.MailboxId!.Value, Version = 1, Forwards = "y@example.org" }, owner, default)), exactMatch: true);
        Assert.Equal("x@example.org", await AskAsync("SELECT address FROM destinations"));
    }

    private async Task<Actor> BobAsync()
    {
        await DomainAsync("example.org");
        return new Actor(null, Bob, AccountKind.MailboxOwner, null, "r") { MailboxId = await MailboxAsync(Bob) };
    }

    private Task<string> RightsAsync(OwnerRights rights) => AskAsync($"UPDATE domains SET owner_rights = {(int)rights}");

    private async Task<Outcome<Saved>> SetAsync(Actor owner, string forwards, bool keepsCopy = true)
    {
        var version = long.Parse(await AskAsync($"SELECT version FROM mailboxes WHERE id = {owner.MailboxId}"), CultureInfo.InvariantCulture);
        return await RunAsync<SetForward, Outcome<Saved>>(o => o.RunAsync(new() { Id = owner.MailboxId!.Value, Version = version, Forwards = forwards, KeepsCopy = keepsCopy }, owner, default));
    }
}
