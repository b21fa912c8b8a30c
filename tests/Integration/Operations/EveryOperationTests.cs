using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Domains.Templates;
using AdminPanel.Web.Features.Export;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailServer.Settings;
using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.RelayDomains;
using AdminPanel.Web.Features.SelfService;
using AdminPanel.Web.Features.Sessions;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>
/// Runs every operation of the features that change something once. The list is compared with the classes that are there, so a new
/// operation fails here until it is in it.
/// </summary>
public sealed partial class EveryOperationTests(OperationsDatabase database) : OperationsTest(database)
{
    private static readonly string[] Features = ["Admins", "AliasDomains", "Aliases", "AppPasswords", "Dkim", "Dns", "Dns.Check", "Domains", "Domains.Templates", "Export", "Filters", "Forwarding", "Import", "Jobs", "MailServer.Settings", "Mailboxes", "Notices", "OwnAliases", "Passkeys", "RecycleBin", "RelayDomains", "SecondFactor", "SelfService", "Sessions", "SignIn", "Vacations"];

    /// <summary>Operation, its audit action, and the table and row whose version must go up; null where the row is new or gone.</summary>
    private sealed record Step(string Operation, string Action, string? Versioned, Func<Task> RunAsync, int Entries = 1);

    [MariaDbFact]
    public async Task Every_operation_leaves_an_audit_entry_for_each_name_and_bumps_the_version_of_what_it_changes()
    {
        foreach (var step in Steps())
        {
            var rights = await RightsAsync();
            var (entries, version) = (await NumberAsync("SELECT COUNT(*) FROM audit_entries"), await VersionAsync(step.Versioned));

            await step.RunAsync();

            Assert.Equal((step.Operation, entries + step.Entries), (step.Operation, await NumberAsync("SELECT COUNT(*) FROM audit_entries")));
            Assert.Equal(step.Action, await AskAsync("SELECT action FROM audit_entries ORDER BY id DESC LIMIT 1"));
            await AssertSessionsEndAsync(step, rights);
            if (step.Versioned is not null) Assert.Equal((step.Operation, version + 1), (step.Operation, await VersionAsync(step.Versioned)));
        }
        Assert.Equal(OperationsThatAreThere(), Steps().Select(s => s.Operation).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM audit_entries WHERE CONCAT(IFNULL(`before`, ''), IFNULL(`after`, '')) LIKE '%ARGON2%'"));
    }

    // An operation acts for somebody; the command line's own helpers, which run operations, do not.
    private static IEnumerable<string> OperationsThatAreThere() => typeof(PanelServices).Assembly.GetTypes()
        .Where(t => Features.Any(f => t.Namespace == $"AdminPanel.Web.Features.{f}") && t.GetMethod("RunAsync")?.GetParameters().Any(p => p.ParameterType == typeof(Actor)) == true)
        .Select(t => t.Name).Order(StringComparer.Ordinal);

    private List<Step> Steps() =>
    [
        .. SignInSteps(),
        new("CreateDomain", "domain.create", null, () => DoneAsync<CreateDomain, Saved>(o => o.RunAsync(new() { Name = "example.org" }, Superadmin, default))),
        new("UpdateDomain", "domain.update", Of("domains", "name = 'example.org'"), async () =>
        {
            var (id, version) = (await IdAsync("domains", "name = 'example.org'"), await VersionAsync(Of("domains", "name = 'example.org'")));
            await DoneAsync<UpdateDomain, Saved>(o => o.RunAsync(new() { Id = id, Version = version!.Value }, Superadmin, default));
        }),
        new("TagDomains", "domain.update", Of("domains", "name = 'example.org'"), () => DoneAsync<TagDomains, int>(o => o.RunAsync(new() { Add = "gold" }, Superadmin, default))),
        new("SetDomainActive", "domain.set-active", Of("domains", "name = 'example.org'"), async () =>
        {
            var id = await IdAsync("domains", "name = 'example.org'");
            await DoneAsync<SetDomainActive, Saved>(o => o.RunAsync(new() { Id = id, IsActive = false }, Superadmin, default));
        }),
        new("SetRoleAddresses", "domain.set-roles", null, async () =>
        {
            var id = await IdAsync("domains", "name = 'example.org'");
            await DoneAsync<SetRoleAddresses, Saved>(o => o.RunAsync(new() { DomainId = id, Roles = ["abuse"], RoleDestination = "x@y.example" }, Superadmin, default));
            await AskAsync("DELETE FROM addresses");
        }),
        new("SetSelfService", "domain.set-self-service", Of("domains", "name = 'example.org'"), async () =>
        {
            var (id, version) = (await IdAsync("domains", "name = 'example.org'"), await VersionAsync(Of("domains", "name = 'example.org'")));
            await DoneAsync<SetSelfService, Saved>(o => o.RunAsync(new() { Id = id, Version = version!.Value, Rights = OwnerRights.All.Words(), NeedsSecondFactor = false, OwnAliasLimit = "5" }, Superadmin, default));
        }),
        new("ChangeSettings", "settings.change", null, () => DoneAsync<ChangeSettings, SettingsChanged>(
            o => o.RunAsync(new() { Values = new Dictionary<string, string?> { ["user_connections"] = "9" } }, Superadmin, default))),
        .. DkimSteps(),
        .. TemplateSteps(),
        .. ImportSteps(),
        .. MailboxSteps(),
        .. AliasSteps(),
        .. AliasDomainSteps(),
        .. RelayDomainSteps(),
        .. AdminSteps(),
        new("ReleaseAddress", "mailbox.release", null, async () =>
        {
            var id = await IdAsync("recycled_items", "kind = 'mailbox' AND parent_id IS NULL");
            await DoneAsync<ReleaseAddress, Saved>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
        }),
        new("RestoreItem", "mailbox.restore", null, async () =>
        {
            var id = await IdAsync("recycled_items", "kind = 'mailbox' AND parent_id IS NULL");
            await DoneAsync<RestoreItem, Saved>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
        }),
        new("RenameDomain", "domain.rename", Of("domains", "kind = 'hosted'"), async () =>
        {
            var plan = (await RunAsync<RenameDomain, DomainRenaming?>(o => o.PlanAsync(DomainName.Parse("example.org"), Superadmin, default)))!;
            await DoneAsync<RenameDomain, Saved>(o => o.RunAsync(
                new() { Id = plan.Id, NewName = "renamed.example", KeepsOldName = false, ConfirmName = "example.org", Plan = plan.Fingerprint() }, Superadmin, default));
        }, Entries: 2),
        new("DeleteDomain", "domain.delete", null, async () =>
        {
            var id = await IdAsync("domains", "name = 'renamed.example'");
            var plan = await RunAsync<DeleteDomain, DomainDeletion?>(o => o.PlanAsync(id, Superadmin, default));
            await DoneAsync<DeleteDomain, DomainDeletion>(o => o.RunAsync(new() { Id = id, ConfirmName = "renamed.example", Plan = plan!.Fingerprint() }, Superadmin, default));
        }),
        new("PurgeItem", "domain.purge", null, async () =>
        {
            var id = await IdAsync("recycled_items", "kind = 'domain'");
            var plan = await RunAsync<PurgeItem, PurgePlan?>(o => o.PlanAsync(id, Superadmin, default));
            await DoneAsync<PurgeItem, PurgePlan>(o => o.RunAsync(new() { Id = id, ConfirmName = plan!.Name, Plan = plan.Fingerprint() }, Superadmin, default));
        }),
        new("RemoveMail", "mailbox.remove-mail", null, async () =>
        {
            await AskAsync("DELETE FROM purges; INSERT INTO purges (home, name, requested_at, requested_by) VALUES ('no/such/home', 'bob@example.org', UTC_TIMESTAMP(6), 'root')");
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("MailServer:mail_root", Path.TrimEndingDirectorySeparator(Path.GetTempPath()))]).Build();
            var removed = await DbAsync(async db => await new RemoveMail(db, configuration).RunAsync(Superadmin, default).ToListAsync());
            Assert.Equal(HomeOutcome.Removed, Assert.Single(removed).Outcome);
        }),
    ];

    private List<Step> MailboxSteps() =>
    [
        new("CreateMailbox", "mailbox.create", null, () => DoneAsync<CreateMailbox, SavedWithPassword>(o => o.RunAsync(
            new() { DomainName = "example.org", LocalPart = "bob", Password = Password }, Superadmin, default))),
        new("UpdateMailbox", "mailbox.update", Of("mailboxes", "1"), async () =>
        {
            var id = await IdAsync("mailboxes", "1");
            await DoneAsync<UpdateMailbox, Saved>(o => o.RunAsync(new() { Id = id, Version = 1, Forwards = "x@y.example" }, Superadmin, default));
        }),
        new("SetMailboxActive", "mailbox.set-active", Of("mailboxes", "1"), async () =>
        {
            var id = await IdAsync("mailboxes", "1");
            await DoneAsync<SetMailboxActive, Saved>(o => o.RunAsync(new() { Id = id, IsActive = false }, Superadmin, default));
        }),
        new("SetMailboxPassword", "mailbox.set-password", Of("mailboxes", "1"), async () =>
        {
            var id = await IdAsync("mailboxes", "1");
            await DoneAsync<SetMailboxPassword, SavedWithPassword>(o => o.RunAsync(new() { Id = id, GeneratesPassword = true }, Superadmin, default));
        }),
        .. OwnerSteps(),
        new("SendWelcome", "mailbox.send-welcome", null, async () =>
        {
            await AskAsync("UPDATE domains SET welcome_language = 'en'");
            var id = await IdAsync("mailboxes", "1");
            await DoneAsync<SendWelcome, Saved>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
        }),
        new("EndSessions", "mailbox.end-sessions", null, async () =>
        {
            var id = await IdAsync("mailboxes", "1");
            await DoneAsync<EndSessions, Saved>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
        }),
        new("GrantSendAs", "mailbox.grant-send-as", Of("mailboxes", "1"), async () =>
        {
            var id = await IdAsync("mailboxes", "1");
            await DoneAsync<GrantSendAs, Saved>(o => o.RunAsync(new() { Id = id, Sender = "sales@example.org" }, Superadmin, default));
        }),
        new("RevokeSendAs", "mailbox.revoke-send-as", Of("mailboxes", "1"), async () =>
        {
            var id = await IdAsync("mailboxes", "1");
            await DoneAsync<RevokeSendAs, Saved>(o => o.RunAsync(new() { Id = id, Sender = "sales@example.org" }, Superadmin, default));
        }),
        new("RenameMailbox", "mailbox.rename", Of("mailboxes", "1"), async () =>
        {
            var id = await IdAsync("mailboxes", "1");
            await DoneAsync<RenameMailbox, Saved>(o => o.RunAsync(new() { Id = id, NewAddress = "robert@example.org", KeepsOldAddress = false }, Superadmin, default));
        }, Entries: 2),
        new("RecordExport", "list.export", null, () => DoneAsync<RecordExport, Saved>(o => o.RunAsync(new() { List = "mailboxes" }, Superadmin, default))),
        new("StartJob", "job.start", null, () => DoneAsync<StartJob, Saved>(o => o.RunAsync(new() { Kind = JobKind.Mailboxes, Action = JobAction.Deactivate }, Superadmin, default))),
        new("CancelJob", "job.cancel", null, async () =>
        {
            var id = await IdAsync("jobs", "1");
            await DoneAsync<CancelJob, Saved>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
        }),
        new("DeleteMailbox", "mailbox.delete", null, async () =>
        {
            var id = await IdAsync("mailboxes", "1");
            var plan = await RunAsync<DeleteMailbox, MailboxDeletion?>(o => o.PlanAsync(id, Superadmin, default));
            await DoneAsync<DeleteMailbox, MailboxDeletion>(o => o.RunAsync(new() { Id = id, Plan = plan!.Fingerprint() }, Superadmin, default));
        }),
    ];

    private List<Step> TemplateSteps() =>
    [
        new("SaveTemplate", "template.create", null, () => DoneAsync<SaveTemplate, Saved>(o => o.RunAsync(new() { Name = "Gold" }, Superadmin, default))),
        new("SaveTemplate", "template.update", Of("domain_templates", "1"), async () =>
        {
            var id = await IdAsync("domain_templates", "1");
            await DoneAsync<SaveTemplate, Saved>(o => o.RunAsync(new() { Id = id, Version = 1, Name = "Silver" }, Superadmin, default));
        }),
        new("DeleteTemplate", "template.delete", null, async () =>
        {
            var id = await IdAsync("domain_templates", "1");
            await DoneAsync<DeleteTemplate, Saved>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
        }),
    ];

    private List<Step> AliasSteps() =>
    [
        new("CreateAlias", "alias.create", null, () => DoneAsync<CreateAlias, Saved>(o => o.RunAsync(
            new() { DomainName = "example.org", LocalPart = "info", Destinations = "x@y.example" }, Superadmin, default))),
        new("UpdateAlias", "alias.update", Of("aliases", "1"), async () =>
        {
            var id = await IdAsync("aliases", "1");
            await DoneAsync<UpdateAlias, Saved>(o => o.RunAsync(new() { Id = id, Version = 1, Destinations = "z@y.example" }, Superadmin, default));
        }),
        new("SetAliasActive", "alias.set-active", Of("aliases", "1"), async () =>
        {
            var id = await IdAsync("aliases", "1");
            await DoneAsync<SetAliasActive, Saved>(o => o.RunAsync(new() { Id = id, IsActive = false }, Superadmin, default));
        }),
        new("DeleteAlias", "alias.delete", null, async () =>
        {
            var id = await IdAsync("aliases", "1");
            var plan = await RunAsync<DeleteAlias, AliasDeletion?>(o => o.PlanAsync(id, Superadmin, default));
            await DoneAsync<DeleteAlias, AliasDeletion>(o => o.RunAsync(new() { Id = id, Plan = plan!.Fingerprint() }, Superadmin, default));
        }),
    ];

    private List<Step> AliasDomainSteps() =>
    [
        new("CreateAliasDomain", "alias-domain.create", null, () => DoneAsync<CreateAliasDomain, Saved>(o => o.RunAsync(
            new() { Name = "alias.example", TargetName = "example.org" }, Superadmin, default))),
        new("SetDomainActive", "alias-domain.set-active", Of("domains", "name = 'alias.example'"), async () =>
        {
            var id = await IdAsync("domains", "name = 'alias.example'");
            await DoneAsync<SetDomainActive, Saved>(o => o.RunAsync(new() { Id = id, Kind = DomainKind.Alias, IsActive = false }, Superadmin, default));
        }),
        new("DeleteAliasDomain", "alias-domain.delete", null, async () =>
        {
            var id = await IdAsync("domains", "name = 'alias.example'");
            await DoneAsync<DeleteAliasDomain, Saved>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
        }),
    ];

    private List<Step> RelayDomainSteps() =>
    [
        new("CreateRelayDomain", "relay-domain.create", null, () => DoneAsync<CreateRelayDomain, Saved>(o => o.RunAsync(
            new() { Name = "relay.example", NextHop = "192.0.2.1" }, Superadmin, default))),
        new("UpdateRelayDomain", "relay-domain.update", Of("domains", "name = 'relay.example'"), async () =>
        {
            var id = await IdAsync("domains", "name = 'relay.example'");
            await DoneAsync<UpdateRelayDomain, Saved>(o => o.RunAsync(new() { Id = id, Version = 1 }, Superadmin, default));
        }),
        new("SetDomainActive", "relay-domain.set-active", Of("domains", "name = 'relay.example'"), async () =>
        {
            var id = await IdAsync("domains", "name = 'relay.example'");
            await DoneAsync<SetDomainActive, Saved>(o => o.RunAsync(new() { Id = id, Kind = DomainKind.Relay, IsActive = false }, Superadmin, default));
        }),
        new("AddRelayRecipients", "relay-domain.add-recipients", null, async () =>
        {
            var id = await IdAsync("domains", "name = 'relay.example'");
            await DoneAsync<AddRelayRecipients, RecipientChange>(o => o.RunAsync(new() { DomainId = id, Recipients = "ann bob" }, Superadmin, default));
        }),
        new("RemoveRelayRecipients", "relay-domain.remove-recipients", null, async () =>
        {
            var id = await IdAsync("domains", "name = 'relay.example'");
            await DoneAsync<RemoveRelayRecipients, RecipientChange>(o => o.RunAsync(new() { DomainId = id, Recipients = "ann" }, Superadmin, default));
        }),
        new("DeleteRelayDomain", "relay-domain.delete", null, async () =>
        {
            var id = await IdAsync("domains", "name = 'relay.example'");
            var plan = await RunAsync<DeleteRelayDomain, RelayDomainDeletion?>(o => o.PlanAsync(id, Superadmin, default));
            await DoneAsync<DeleteRelayDomain, RelayDomainDeletion>(o => o.RunAsync(new() { Id = id, Plan = plan!.Fingerprint() }, Superadmin, default));
        }),
    ];

    private List<Step> AdminSteps() =>
    [
        new("CreateAdmin", "admin.create", null, () => DoneAsync<CreateAdmin, SavedWithPassword>(o => o.RunAsync(
            new() { Login = "ute", Password = Password, Domains = ["example.org"] }, Superadmin, default))),
        new("UpdateAdmin", "admin.update", Of("accounts", "1"), async () =>
        {
            var id = await IdAsync("accounts", "1");
            await DoneAsync<UpdateAdmin, Saved>(o => o.RunAsync(new() { Id = id, Version = 1, Kind = AccountKind.DomainAdmin }, Superadmin, default));
        }),
        new("SetAdminPassword", "admin.set-password", Of("accounts", "1"), async () =>
        {
            var id = await IdAsync("accounts", "1");
            await DoneAsync<SetAdminPassword, SavedWithPassword>(o => o.RunAsync(new() { Id = id, GeneratesPassword = true }, Superadmin, default));
        }),
        new("DeleteAdmin", "admin.delete", null, async () =>
        {
            var id = await IdAsync("accounts", "1");
            await DoneAsync<DeleteAdmin, Saved>(o => o.RunAsync(new() { Id = id }, Superadmin, default));
        }),
    ];

    private static string Of(string table, string where) => $"{table} WHERE {where}";

    private async Task DoneAsync<TOperation, T>(Func<TOperation, Task<Outcome<T>>> run) where TOperation : notnull => Done(await RunAsync(run));

    private Task<long> IdAsync(string table, string where) => NumberAsync($"SELECT id FROM {table} WHERE {where}");

    private async Task<long?> VersionAsync(string? versioned) => versioned is null ? null : await NumberAsync($"SELECT version FROM {versioned}");

    private async Task<long> NumberAsync(string sql) => long.Parse(await AskAsync(sql), CultureInfo.InvariantCulture);
}
