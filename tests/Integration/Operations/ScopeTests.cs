using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>
/// The attack: a domain admin sends the id of somebody else's object, or of one that is not there, to every operation.
/// Both are answered alike, and the tables stay as they were. Domains, alias domains and admins are out of reach even
/// where the domain is an assigned one.
/// </summary>
public sealed class ScopeTests(OperationsDatabase database) : OperationsTest(database)
{
    private const long Absent = 999_999;

    [MariaDbFact]
    public async Task Foreign_and_absent_ids_are_not_found_by_any_operation_and_nothing_changes()
    {
        await DomainAsync("own.example");
        var foreign = await DomainAsync("foreign.example");
        var mailbox = await MailboxAsync("bob@foreign.example");
        var alias = await AliasAsync("info@foreign.example", "bob@foreign.example");
        var ute = await DomainAdminAsync("ute", "own.example");
        var before = await TablesAsync();

        var answers = new List<(string Operation, bool IsNotFound)>();
        foreach (var (mailboxId, aliasId) in new[] { (mailbox, alias), (Absent, Absent) })
        {
            answers.AddRange(await MailboxAnswersAsync(mailboxId, ute));
            answers.AddRange(await AliasAnswersAsync(aliasId, ute));
        }
        foreach (var id in new[] { foreign, Absent }) answers.AddRange(await DomainAnswersAsync(id, ute));

        Assert.All(answers, a => Assert.True(a.IsNotFound, a.Operation));
        Assert.Equal(before, await TablesAsync());
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM audit_entries"));
    }

    [MariaDbFact]
    public async Task Domains_alias_domains_and_admins_are_the_superadmins_even_in_an_assigned_domain()
    {
        var own = await DomainAsync("own.example");
        var aliasDomain = await AliasDomainAsync("alias.example", "own.example");
        var ute = await DomainAdminAsync("ute", "own.example");
        var before = await TablesAsync();

        var answers = new List<(string Operation, bool IsNotFound)>(await DomainAnswersAsync(own, ute));
        answers.AddRange(await AliasDomainAnswersAsync(aliasDomain, ute));
        answers.AddRange(await AdminAnswersAsync(ute.AccountId!.Value, ute));

        Assert.All(answers, a => Assert.True(a.IsNotFound, a.Operation));
        Assert.Equal(before, await TablesAsync());
    }

    [MariaDbFact]
    public async Task Lists_and_details_show_what_is_assigned_and_nothing_else()
    {
        await DomainAsync("own.example");
        await DomainAsync("foreign.example");
        await AliasDomainAsync("own-alias.example", "own.example");
        await AliasDomainAsync("foreign-alias.example", "foreign.example");
        await MailboxAsync("bob@own.example");
        var foreignBox = await MailboxAsync("bob@foreign.example");
        await AliasAsync("info@own.example", "bob@own.example");
        var foreignAlias = await AliasAsync("secret@foreign.example", "bob@own.example");
        var ute = await DomainAdminAsync("ute", "own.example");
        var all = new PageRequest();

        Assert.Equal(["own.example"], (await RunAsync<DomainRows, RowPage<DomainRow>>(r => r.PageAsync(all, ute, default))).Rows.Select(r => r.Name.Value));
        Assert.Equal(["own-alias.example"], (await RunAsync<AliasDomainRows, RowPage<AliasDomainRow>>(r => r.PageAsync(all, ute, default))).Rows.Select(r => r.Name.Value));
        Assert.Equal(["bob@own.example"], (await RunAsync<MailboxRows, RowPage<MailboxRow>>(r => r.EverywhereAsync(all, ute, default))).Rows.Select(r => r.Address));
        Assert.Equal(["info@own.example"], (await RunAsync<AliasRows, RowPage<AliasRow>>(r => r.EverywhereAsync(all, ute, default))).Rows.Select(r => r.Address));
        Assert.Empty((await RunAsync<AdminRows, RowPage<AdminRow>>(r => r.PageAsync(all, ute, default))).Rows);
        Assert.Null(await RunAsync<MailboxRows, RowPage<MailboxRow>?>(r => r.OfDomainAsync(Data.Addresses.DomainName.Parse("foreign.example"), all, ute, default)));
        Assert.Null(await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(foreignBox, ute, default)));
        Assert.Null(await RunAsync<AliasRows, AliasDetail?>(r => r.FindAsync(foreignAlias, ute, default)));

        var own = await RunAsync<MailboxRows, MailboxDetail?>(r => r.FindAsync(Data.Addresses.EmailAddress.Parse("bob@own.example"), ute, default));
        Assert.Equal(["info@own.example"], own!.ForwardedFrom.Select(f => f.Address));
        Assert.Equal(["bob@own-alias.example"], own.AlsoReachedAs);
    }

    private async Task<List<(string, bool)>> MailboxAnswersAsync(long id, Actor actor) =>
    [
        Answer("UpdateMailbox", await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1 }, actor, default))),
        Answer("SetMailboxActive", await RunAsync<SetMailboxActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, actor, default))),
        Answer("SetMailboxPassword", await RunAsync<SetMailboxPassword, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { Id = id, Password = Password }, actor, default))),
        Answer("RenameMailbox", await RunAsync<RenameMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, NewAddress = "taken@own.example" }, actor, default))),
        Answer("GrantSendAs", await RunAsync<GrantSendAs, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Sender = "sales@own.example" }, actor, default))),
        Answer("RevokeSendAs", await RunAsync<RevokeSendAs, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Sender = "sales@own.example" }, actor, default))),
        Answer("DeleteMailbox", await RunAsync<DeleteMailbox, Outcome<MailboxDeletion>>(o => o.RunAsync(new() { Id = id }, actor, default))),
        ("DeleteMailbox.Plan", await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(id, actor, default)) is null),
        Answer("CreateMailbox", await RunAsync<CreateMailbox, Outcome<SavedWithPassword>>(o => o.RunAsync(
            new() { DomainName = "foreign.example", LocalPart = "new", Password = Password }, actor, default))),
    ];

    private async Task<List<(string, bool)>> AliasAnswersAsync(long id, Actor actor) =>
    [
        Answer("UpdateAlias", await RunAsync<UpdateAlias, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1, Destinations = "x@y.example" }, actor, default))),
        Answer("SetAliasActive", await RunAsync<SetAliasActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, actor, default))),
        Answer("DeleteAlias", await RunAsync<DeleteAlias, Outcome<AliasDeletion>>(o => o.RunAsync(new() { Id = id }, actor, default))),
        ("DeleteAlias.Plan", await RunAsync<DeleteAlias, AliasDeletion?>(o => o.PlanAsync(id, actor, default)) is null),
        Answer("CreateAlias", await RunAsync<CreateAlias, Outcome<Saved>>(o => o.RunAsync(
            new() { DomainName = "foreign.example", LocalPart = "new", Destinations = "x@y.example" }, actor, default))),
    ];

    private async Task<List<(string, bool)>> DomainAnswersAsync(long id, Actor actor) =>
    [
        Answer("CreateDomain", await RunAsync<CreateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "new.example" }, actor, default))),
        Answer("UpdateDomain", await RunAsync<UpdateDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1 }, actor, default))),
        Answer("SetDomainActive", await RunAsync<SetDomainActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, actor, default))),
        Answer("RenameDomain", await RunAsync<RenameDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, NewName = "new.example", ConfirmName = "own.example" }, actor, default))),
        Answer("DeleteDomain", await RunAsync<DeleteDomain, Outcome<DomainDeletion>>(o => o.RunAsync(new() { Id = id, ConfirmName = "own.example" }, actor, default))),
        ("DeleteDomain.Plan", await RunAsync<DeleteDomain, DomainDeletion?>(o => o.PlanAsync(id, actor, default)) is null),
    ];

    private async Task<List<(string, bool)>> AliasDomainAnswersAsync(long id, Actor actor) =>
    [
        Answer("CreateAliasDomain", await RunAsync<CreateAliasDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "new.example", TargetName = "own.example" }, actor, default))),
        Answer("SetDomainActive", await RunAsync<SetDomainActive, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Kind = DomainKind.Alias }, actor, default))),
        Answer("DeleteAliasDomain", await RunAsync<DeleteAliasDomain, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, actor, default))),
    ];

    private async Task<List<(string, bool)>> AdminAnswersAsync(long id, Actor actor) =>
    [
        Answer("CreateAdmin", await RunAsync<CreateAdmin, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { Login = "new", Password = Password }, actor, default))),
        Answer("UpdateAdmin", await RunAsync<UpdateAdmin, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1, Kind = AccountKind.Superadmin }, actor, default))),
        Answer("SetAdminPassword", await RunAsync<SetAdminPassword, Outcome<SavedWithPassword>>(o => o.RunAsync(new() { Id = id, Password = Password }, actor, default))),
        Answer("DeleteAdmin", await RunAsync<DeleteAdmin, Outcome<Saved>>(o => o.RunAsync(new() { Id = id }, actor, default))),
    ];

    private static (string, bool) Answer<T>(string operation, Outcome<T> outcome) => (operation, outcome is Outcome<T>.NotFound);
}
