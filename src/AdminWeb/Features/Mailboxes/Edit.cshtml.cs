using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>One mailbox: its settings as a form, and what is known about it beside.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed class EditModel(MailboxRows mailboxes, UpdateMailbox updateMailbox, SetMailboxActive setActive, GrantSendAs grantSendAs, RevokeSendAs revokeSendAs, SendWelcome sendWelcome, IStringLocalizer<MailboxesText> words) : EditPage<UpdateMailbox.Input>
{
    [BindProperty]
    public GrantSendAs.Input Grant { get; set; } = new();

    public MailboxDetail Mailbox { get; private set; } = null!;

    public string Address => AddressText.Unicode(Mailbox.Address);

    public async Task<IActionResult> OnGetAsync(string address, CancellationToken ct) => await LoadAsync(address, ct) ? Opened() : NotFound();

    public async Task<IActionResult> OnPostAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        // The state has a button of its own.
        Input = this.Merged(Input, Stored()) with { Id = Mailbox.Id, IsActive = Mailbox.IsActive };
        var outcome = await updateMailbox.RunAsync(Input, HttpContext.Actor(), ct);
        return await AnswerAsync(outcome, "mailbox", Mailbox.Address, () => LoadAsync(address, ct), _ => this.Saved(words["Updated"], Address, Here(), Here()), ct);
    }

    public async Task<IActionResult> OnPostStateAsync(string address, [BindRequired] bool active, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        ModelState.Clear();
        Input = Stored();
        return (await setActive.RunAsync(new() { Id = Mailbox.Id, IsActive = active }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words[active ? "Activated" : "Deactivated"], Address, Here(), Here()),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostGrantAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        ModelState.Clear();
        Input = Stored();
        return (await grantSendAs.RunAsync(Grant with { Id = Mailbox.Id }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["Granted"], Address, Here(), Here()),
            problems => this.Refused(problems, nameof(Grant)),
            _ => this.Conflict(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostRevokeAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        ModelState.Clear();
        Input = Stored();
        return (await revokeSendAs.RunAsync(new() { Id = Mailbox.Id, Sender = Grant.Sender }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["Revoked"], Address, Here(), Here()),
            problems => this.Refused(problems, nameof(Grant)),
            _ => this.Conflict(),
            () => NotFound());
    }

    public async Task<IActionResult> OnPostWelcomeAsync(string address, CancellationToken ct)
    {
        if (!await LoadAsync(address, ct)) return NotFound();

        ModelState.Clear();
        Input = Stored();
        return (await sendWelcome.RunAsync(new() { Id = Mailbox.Id }, HttpContext.Actor(), ct)).Match(
            _ => this.Saved(words["WelcomeOnItsWay"], Address, Here(), Here()),
            problems => this.Refused(problems),
            _ => this.Conflict(),
            () => NotFound());
    }

    private string Here() => Url.Page("Edit", new { address = Mailbox.Address })!;

    protected override UpdateMailbox.Input Stored() => new()
    {
        Version = Mailbox.Version,
        DisplayName = Mailbox.DisplayName,
        Quota = SizeInput.Of(Mailbox.QuotaBytes),
        Forwards = string.Join('\n', Mailbox.Forwards.Select(AddressText.Unicode)),
        KeepsCopy = Mailbox.KeepsCopy,
        AllowsImap = Mailbox.Access.Imap,
        AllowsPop3 = Mailbox.Access.Pop3,
        AllowsSmtp = Mailbox.Access.Smtp,
        AllowsSieve = Mailbox.Access.Sieve,
        RecoveryAddress = Mailbox.RecoveryAddress is { } recovery ? AddressText.Unicode(recovery) : null,
        ActiveFrom = Mailbox.Period.FromText,
        ActiveUntil = Mailbox.Period.UntilText,
        AllowedNetworks = Mailbox.Access.Networks?.Replace(',', '\n'),
    };

    private async Task<bool> LoadAsync(string segment, CancellationToken ct)
    {
        if (!AddressText.TryFromRoute(segment, out var address) || await mailboxes.FindAsync(address, HttpContext.Actor(), ct) is not { } found) return false;

        Mailbox = found;
        return true;
    }
}
