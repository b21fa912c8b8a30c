using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Aliases;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>
/// The report of what is wrong with aliases: the ways it names, whose they are, and what it keeps from whoever may not
/// see it. That its kinds are what Postfix does is shown in the MailStack tests.
/// </summary>
public sealed class AliasCheckTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task Each_line_names_the_way_and_the_cause()
    {
        await FillAsync();

        Assert.Equal(
            [
                "Circle c1 → c2 → c3 → c1 Circle",
                "Bounces third → second → first@also.example → nobody NobodyHasIt",
                "Refused @caught.example → late Scheduled",
                "Refused first → nobody NobodyHasIt",
                "Refused over → over@gone.example DomainTakesNothing",
                "Refused pair → riap → pair+x Circle",
                "Refused riap → pair+x → riap Circle",
                "Refused second → first@also.example → nobody NobodyHasIt",
                "LeftOut info → nobody+x@caught.example → late Scheduled",
                "LeftOut part → off+x Inactive",
                "Hidden info@also.example → info Hides",
                "StoresNothing onward → box KeepsNoCopy",
            ],
            await LinesAsync(null, Superadmin));
    }

    [MariaDbFact]
    public async Task A_way_into_a_relay_domain_is_named_while_none_are_served()
    {
        await DomainAsync("example.org");
        await AskAsync(
            """
            INSERT INTO domains (name, kind, transport, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
              VALUES ('relay.example', 'relay', 'mx', 1, 0, 0, 0, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6));
            INSERT INTO addresses (address, domain_id, kind, is_active) SELECT 'ann@relay.example', id, 'relay_recipient', 1 FROM domains WHERE kind = 'relay'
            """);
        await AliasAsync("out@example.org", "ann@relay.example", "x@elsewhere.example");
        await AliasAsync("far@example.org", "out@example.org");

        Assert.Equal(
            ["Unserved far → out → ann@relay.example RelayUnserved", "Unserved out → ann@relay.example RelayUnserved"],
            await LinesAsync(null, Superadmin));
        await AskAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('relay_domains', 'yes', UTC_TIMESTAMP(6))");
        Assert.Empty((await LinesAsync(null, Superadmin))!);
        await AskAsync("DELETE FROM settings WHERE `key` = 'relay_domains'");
    }

    [MariaDbFact]
    public async Task Of_one_domain_it_says_the_same_as_of_all()
    {
        await FillAsync();

        var all = await LinesAsync(null, Superadmin);
        var one = await LinesAsync("example.org", Superadmin);

        Assert.Equal(all.Where(line => !line.Contains(" @caught", StringComparison.Ordinal)), one);
        Assert.Equal(["Refused @caught.example → late Scheduled"], await LinesAsync("caught.example", Superadmin));
    }

    [MariaDbFact]
    public async Task A_domain_admin_sees_own_ways_as_far_as_they_are_own_and_no_state_of_what_is_not()
    {
        await FillAsync();
        var ute = await DomainAdminAsync("ute", "caught.example");

        // late@example.org is somebody else's: that it is scheduled is not told.
        Assert.Equal(["Refused @caught.example → late Elsewhere"], await LinesAsync(null, ute));
        Assert.Equal(["Refused @caught.example → late Elsewhere"], await LinesAsync("caught.example", ute));
        Assert.Null(await RunAsync<AliasCheck, IReadOnlyList<AliasFinding>?>(c => c.FindAsync(DomainName.Parse("example.org"), ute, default)));
        Assert.Null(await RunAsync<AliasCheck, IReadOnlyList<AliasFinding>?>(c => c.FindAsync(DomainName.Parse("absent.example"), ute, default)));
    }

    [MariaDbFact]
    public async Task A_way_through_somebody_elses_alias_ends_there()
    {
        await FillAsync();
        await DomainAsync("own.example");
        await AliasAsync("through@own.example", "second@example.org");

        Assert.Equal(["Bounces through@own.example → second@example.org → … Elsewhere"], await LinesAsync("own.example", await DomainAdminAsync("ute", "own.example"), shortens: false));
    }

    [MariaDbFact]
    public async Task Without_the_permission_for_aliases_only_forwards_of_mailboxes_are_followed()
    {
        await FillAsync();
        var ute = await DomainAdminAsync("ute", "example.org");
        await Database.Server.ExecuteAsync($"UPDATE domain_admins SET permissions = {(int)DomainPermissions.Mailboxes}", Database.Name);

        Assert.Equal(["StoresNothing onward → box KeepsNoCopy"], await LinesAsync(null, ute));
    }

    [MariaDbFact]
    public async Task An_inactive_alias_and_a_domain_that_is_switched_off_are_not_reported()
    {
        await DomainAsync("example.org");
        await DomainAsync("off.example", isActive: false);
        await AliasAsync("off@example.org", "nobody@example.org");
        await AliasAsync("there@off.example", "nobody@off.example");
        await Database.Server.ExecuteAsync("UPDATE addresses SET is_active = 0 WHERE address = 'off@example.org'", Database.Name);

        Assert.Empty(await LinesAsync(null, Superadmin));
    }

    /// <summary>"Fault way Cause", without the domain example.org.</summary>
    private async Task<IReadOnlyList<string>> LinesAsync(string? domain, Actor actor, bool shortens = true)
    {
        var findings = await RunAsync<AliasCheck, IReadOnlyList<AliasFinding>?>(c => c.FindAsync(domain is null ? null : DomainName.Parse(domain), actor, default));
        return [.. findings!.Select(f => $"{f.Fault} {string.Join(" → ", f.Way.Select(a => a ?? "…"))} {f.Cause}").Select(line => shortens ? line.Replace("@example.org", "", StringComparison.Ordinal) : line)];
    }

    private async Task FillAsync()
    {
        await DomainAsync("example.org");
        await DomainAsync("caught.example");
        await DomainAsync("gone.example", isActive: false);
        await AliasDomainAsync("also.example", "example.org");
        await MailboxAsync("box@example.org");
        await MailboxAsync("off@example.org");
        await MailboxAsync("onward@example.org", null, false, "box@example.org");
        await MailboxAsync("over@gone.example");
        await AliasAsync("late@example.org", "box@example.org");
        await AliasAsync("@caught.example", "late@example.org");
        await AliasAsync("info@example.org", "box@also.example", "x@elsewhere.example", "nobody+x@caught.example", "box+x@example.org");
        await AliasAsync("info@also.example", "box@example.org");
        await AliasAsync("part@example.org", "box@example.org", "off+x@example.org");
        await AliasAsync("first@example.org", "nobody@example.org");
        await AliasAsync("second@example.org", "first@also.example");
        await AliasAsync("third@example.org", "second@example.org");
        await AliasAsync("over@example.org", "over@gone.example");
        await AliasAsync("pair@example.org", "riap@example.org");
        await AliasAsync("riap@example.org", "pair+x@example.org");
        await AliasAsync("c1@example.org", "c2@example.org");
        await AliasAsync("c2@example.org", "c3@example.org");
        await AliasAsync("c3@example.org", "c1@example.org");
        await Database.Server.ExecuteAsync(
            "UPDATE addresses SET is_active = 0 WHERE address = 'off@example.org'; UPDATE addresses SET active_from = UTC_TIMESTAMP(6) + INTERVAL 1 DAY WHERE address = 'late@example.org'", Database.Name);
    }
}
