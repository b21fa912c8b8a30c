using AdminPanel.Data.Access;
using AdminPanel.Web.Features.AppPasswords;
using AdminPanel.Web.Features.Filters;
using AdminPanel.Web.Features.Forwarding;
using AdminPanel.Web.Features.OwnAliases;
using AdminPanel.Web.Features.SelfService;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.Vacations;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>What a mailbox owner does alone.</summary>
public sealed partial class EveryOperationTests
{
    private List<Step> OwnerSteps() =>
    [
        new("ChangeMailboxPassword", "mailbox.set-password", Of("mailboxes", "1"), async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<ChangeMailboxPassword, Saved>(o => o.RunAsync(new() { CurrentPassword = Password, NewPassword = "another " + Password }, actor, default));
        }),
        new("SetVacation", "mailbox.set-vacation", Of("mailboxes", "1"), async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<SetVacation, Saved>(o => o.RunAsync(new() { Id = actor.MailboxId!.Value, IsOn = true, Text = "Away." }, actor, default));
        }),
        new("SetForward", "mailbox.set-forward", Of("mailboxes", "1"), async () =>
        {
            var (actor, version) = (await OwnerAsync(), await VersionAsync(Of("mailboxes", "1")));
            await DoneAsync<SetForward, Saved>(o => o.RunAsync(new() { Id = actor.MailboxId!.Value, Version = version!.Value }, actor, default));
        }),
        new("SaveFilter", "mailbox.add-filter", Of("mailboxes", "1"), async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<SaveFilter, Saved>(o => o.RunAsync(A("Lists") with { MailboxId = actor.MailboxId!.Value }, actor, default));
        }),
        new("SaveFilter", "mailbox.update-filter", Of("mailbox_filters", "1"), async () =>
        {
            var (actor, id) = (await OwnerAsync(), await IdAsync("mailbox_filters", "1"));
            await DoneAsync<SaveFilter, Saved>(o => o.RunAsync(A("Other") with { MailboxId = actor.MailboxId!.Value, Id = id, Version = 1 }, actor, default));
        }),
        new("MoveFilter", "mailbox.move-filter", Of("mailboxes", "1"), async () =>
        {
            var (actor, id) = (await OwnerAsync(), await IdAsync("mailbox_filters", "1"));
            await DoneAsync<MoveFilter, Saved>(o => o.RunAsync(new() { MailboxId = actor.MailboxId!.Value, Id = id }, actor, default));
        }),
        new("DeleteFilter", "mailbox.delete-filter", Of("mailboxes", "1"), async () =>
        {
            var (actor, id) = (await OwnerAsync(), await IdAsync("mailbox_filters", "1"));
            await DoneAsync<DeleteFilter, Saved>(o => o.RunAsync(new() { MailboxId = actor.MailboxId!.Value, Id = id }, actor, default));
        }),
        new("SetSpamMark", "mailbox.set-spam-mark", Of("mailboxes", "1"), async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<SetSpamMark, Saved>(o => o.RunAsync(new() { MailboxId = actor.MailboxId!.Value, From = "4" }, actor, default));
        }),
        new("ReplaceFilters", "mailbox.set-filters", Of("mailboxes", "1"), async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<ReplaceFilters, Saved>(o => o.RunAsync(new() { MailboxId = actor.MailboxId!.Value, Rules = [A("Lists")] }, actor, default));
        }),
        new("AddAppPassword", "mailbox.add-app-password", null, async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<AddAppPassword, SavedWithPassword>(o => o.RunAsync(new() { Name = "Phone", AllowsImap = true, CurrentPassword = Password }, actor, default));
        }),
        new("RevokeAppPassword", "mailbox.revoke-app-password", null, async () =>
        {
            var (actor, id) = (await OwnerAsync(), await IdAsync("app_passwords", "1"));
            await DoneAsync<RevokeAppPassword, Saved>(o => o.RunAsync(new() { Id = id }, actor, default));
        }),
        new("AddOwnAlias", "alias.create", null, async () =>
        {
            await AskAsync($"UPDATE domains SET owner_rights = {(int)OwnerRights.All}");
            var actor = await OwnerAsync();
            await DoneAsync<AddOwnAlias, Saved>(o => o.RunAsync(new() { Word = "shop" }, actor, default));
        }),
        new("UpdateOwnAlias", "alias.update", Of("aliases", "owner_address_id IS NOT NULL"), async () =>
        {
            var (actor, id) = (await OwnerAsync(), await IdAsync("aliases", "owner_address_id IS NOT NULL"));
            await DoneAsync<UpdateOwnAlias, Saved>(o => o.RunAsync(new() { Id = id, Version = 1, IsActive = false }, actor, default));
        }),
        new("DeleteOwnAlias", "alias.delete", null, async () =>
        {
            var (actor, id) = (await OwnerAsync(), await IdAsync("aliases", "owner_address_id IS NOT NULL"));
            await DoneAsync<DeleteOwnAlias, Saved>(o => o.RunAsync(new() { Id = id }, actor, default));
        }),
        new("MakeDeviceLink", "mailbox.make-device-link", null, async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<MakeDeviceLink, string>(o => o.RunAsync(new() { CurrentPassword = Password }, actor, default));
        }),
        new("TakeDeviceProfile", "mailbox.add-app-password", null, async () =>
        {
            await AskAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', 'mail.example.net', NOW(6)) ON DUPLICATE KEY UPDATE value = value");
            var link = await LinkAsync();
            await DoneAsync<TakeDeviceProfile, string>(o => o.RunAsync(new() { Link = link, Name = "Device" }, Superadmin, default));
            await AskAsync("DELETE FROM app_passwords");
        }),
        new("TellOfNetworks", "account.tell-of-networks", null, async () =>
        {
            var actor = await OwnerAsync();
            await AskAsync($"INSERT INTO accounts (kind, mailbox_id, security_stamp, is_active, version, created_at, updated_at) VALUES ('mailbox_owner', {actor.MailboxId}, 's', 1, 1, NOW(6), NOW(6))");
            await DoneAsync<TellOfNetworks, bool>(o => o.RunAsync(new() { Tells = true }, actor, default));
            await AskAsync("DELETE FROM accounts");
        }),
        new("ExportOwnData", "mailbox.export", null, async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<ExportOwnData, OwnData>(o => o.RunAsync(actor, default));
        }),
        new("ChooseRecoveryAddress", "mailbox.choose-recovery", Of("mailboxes", "1"), async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<ChooseRecoveryAddress, Saved>(o => o.RunAsync(new() { RecoveryAddress = "owner@elsewhere.example", CurrentPassword = Password }, actor, default));
        }),
        new("SendRecoveryLink", "mailbox.send-recovery-link", null, async () =>
        {
            await AskAsync("UPDATE mail_links SET created_at = created_at - INTERVAL 10 MINUTE");
            var actor = await OwnerAsync();
            await DoneAsync<SendRecoveryLink, Saved>(o => o.RunAsync(actor, default));
        }),
        new("ConfirmRecoveryAddress", "mailbox.confirm-recovery", Of("mailboxes", "1"), async () =>
        {
            var link = await LinkAsync();
            await DoneAsync<ConfirmRecoveryAddress, Saved>(o => o.RunAsync(new() { Link = link }, Superadmin, default));
        }),
        new("RequestPasswordLink", "mailbox.send-password-link", null, async () =>
        {
            var actor = await OwnerAsync();
            await DoneAsync<RequestPasswordLink, bool>(o => o.RunAsync(new() { Address = actor.Login }, actor, default));
        }),
        new("ReplaceForgottenPassword", "mailbox.set-password", Of("mailboxes", "1"), async () =>
        {
            var link = await LinkAsync();
            await DoneAsync<ReplaceForgottenPassword, Saved>(o => o.RunAsync(new() { Link = link, NewPassword = "one more " + Password }, Superadmin, default));
        }),
    ];

    private static SaveFilter.Input A(string name) => new() { Name = name, Conditions = [new() { Part = FilterPart.Subject, Value = "list" }], Folder = "Lists" };

    /// <summary>The only link there is, as it was sent.</summary>
    private async Task<string> LinkAsync()
    {
        var link = await DbAsync(db => db.MailLinks.SingleAsync());
        return await RunAsync<MailLinks, string>(l => Task.FromResult(Uri.UnescapeDataString(l.Url(link).Split("link=")[1])));
    }

    /// <summary>The owner of the only mailbox, whose password is known from here on.</summary>
    private async Task<Actor> OwnerAsync()
    {
        using var hasher = new PasswordHasher();
        var hash = hasher.Hash(Password);
        await AskAsync($"UPDATE mailboxes SET password_hash = '{hash}'");
        return new Actor(null, await AskAsync("SELECT address FROM addresses WHERE kind = 'mailbox'"), AccountKind.MailboxOwner, null, "r") { MailboxId = await IdAsync("mailboxes", "1") };
    }
}
