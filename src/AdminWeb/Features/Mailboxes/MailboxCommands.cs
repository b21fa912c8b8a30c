using System.CommandLine;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.AppPasswords;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Filters;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.Vacations;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>`mailbox add|list|show|set|passwd|welcome|rename|send-as|sign-ins|vacation|filter|app-password|reset-2fa|delete|restore|purge`.</summary>
internal static class MailboxCommands
{
    private const string None = "none";

    internal static readonly Argument<string> Address = new("ADDRESS") { Description = "local-part@domain." };

    private static readonly Option<string?> DisplayName = new("--name") { Description = "The owner's name, or none." };

    private static readonly Option<string?> Quota = new("--quota") { Description = "What it may store, as 5G, or none." };

    private static readonly Option<string[]> Forward = new("--forward") { Description = "Where its mail is also sent; may be repeated, or none.", AllowMultipleArgumentsPerToken = true };

    private static readonly Option<bool?> KeepCopy = new("--keep-copy") { Description = "Whether mail is also stored here when it forwards: true or false." };

    private static readonly Option<string?> Recovery = new("--recovery-address") { Description = "An address elsewhere for an owner who lost the password, or none." };

    private static readonly Option<bool?> Active = new("--active") { Description = "Whether it is in use: true or false." };

    private static readonly PeriodOptions Period = new();

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would go, and delete nothing." };

    public static Command Create(string[] settings)
    {
        var add = CreateAdd(settings);
        var domain = new Argument<string?>("DOMAIN") { Description = "Only this domain's.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Command("list", "List mailboxes.") { domain };
        var limits = new ListOptions(list, FilterForm.OfMailboxes(new ListQuery(), ""));
        list.Runs(settings, (session, parsed, ct) => ListAsync(session, parsed.GetValue(domain), limits.Read(parsed), ct));
        var show = new Command("show", "Show a mailbox.") { Address };
        show.Runs(settings, ShowAsync);
        var set = new Command("set", "Change a mailbox. What is not named stays.") { Address, DisplayName, Quota, Forward, KeepCopy, Recovery, Active };
        AccessOptions.AddTo(add, set);
        Period.AddTo(add, set);
        set.Runs(settings, SetAsync, Show);
        var passwd = new Command("passwd", "Give a mailbox another password.") { Address };
        var newPassword = new PasswordOptions(passwd);
        passwd.Runs(settings, (session, parsed, ct) => PasswdAsync(session, parsed, newPassword, ct), Show);
        var delete = new Command("delete", "Put a mailbox into the recycle bin. Mail stays on disk, the address stays reserved.") { Address, DryRun };
        delete.Runs(settings, DeleteAsync, Show);
        var welcome = new Command("welcome", "Send a mailbox its welcome message, once more or at last.") { Address };
        welcome.Runs(settings, WelcomeAsync, Show);
        return new Command("mailbox", "Mailboxes.") { add, list, show, set, passwd, welcome, RenameCommand.Create(settings), SendAsCommands.Create(settings), MailSignInCommands.Create(settings, Address), VacationCommands.Create(settings, Address), FilterCommands.Create(settings, Address), AppPasswordCommands.Create(settings, Address), SecondFactorCommands.OfMailbox(settings, Address), PasskeyCommands.OfMailbox(settings, Address), delete, RecycleBinCommands.Restore("mailbox", settings), PurgeCommands.Purge("mailbox", settings) };
    }

    private static Command CreateAdd(string[] settings)
    {
        var address = new Argument<string?>("ADDRESS") { Description = "local-part@domain.", Arity = ArgumentArity.ZeroOrOne };
        var batch = new Option<bool>("--batch")
        {
            Description = $"Read mailboxes from stdin, one a line: {MailboxBatch.Format}. Without a password one is made; without a quota the domain's default holds.",
        };
        Option[] single = [DisplayName, Quota, Forward, KeepCopy, Recovery, Active, .. AccessOptions.All, .. Period.All];
        var add = new Command("add", "Add a mailbox, or many.") { address, batch, DisplayName, Quota, Forward, KeepCopy, Recovery, Active };
        var password = new PasswordOptions(add, batch);
        add.Validators.Add(result =>
        {
            if (result.GetValue(batch) == (result.GetValue(address) is not null)) result.AddError("Give one of ADDRESS and --batch.");
            if (result.GetValue(batch) && (password.IsNamed(result) || single.Any(o => result.GetResult(o) is not null)))
                result.AddError("With --batch, everything stands in the lines.");
        });
        add.Runs(
            settings,
            (session, parsed, ct) => parsed.GetValue(batch) ? new MailboxBatch(session).RunAsync(ct) : AddAsync(session, parsed, parsed.GetValue(address)!, password, ct),
            parsed => $"mailbox show {parsed.GetValue(address)}");
        return add;
    }

    internal static string Show(ParseResult parsed) => $"mailbox show {parsed.GetValue(Address)}";

    /// <summary>What a command line or a line of a batch says of a new mailbox, where its address has an @ at <paramref name="at"/>.</summary>
    internal static CreateMailbox.Input Input(string address, int at, string? quota)
    {
        var hasNoQuota = string.Equals(quota, None, StringComparison.OrdinalIgnoreCase);
        return new()
        {
            LocalPart = address[..at],
            DomainName = address[(at + 1)..],
            Quota = hasNoQuota ? null : quota,
            HasNoQuota = hasNoQuota,
        };
    }

    private static async Task<int> AddAsync(Session session, ParseResult parsed, string address, PasswordOptions password, CancellationToken ct)
    {
        var at = address.LastIndexOf('@');
        if (at < 0) return session.Output.Refused([new Problem("Address", nameof(AddressFault.NoAt), address)]);

        var access = AccessOptions.Chosen(parsed, MailboxAccess.Everything);
        var input = Input(address, at, parsed.GetValue(Quota)) with
        {
            DisplayName = Text(parsed.GetValue(DisplayName)),
            Forwards = Joined(parsed, Forward),
            KeepsCopy = parsed.GetValue(KeepCopy) ?? true,
            AllowsImap = access.Imap,
            AllowsPop3 = access.Pop3,
            AllowsSmtp = access.Smtp,
            AllowsSieve = access.Sieve,
            AllowedNetworks = access.Networks,
            RecoveryAddress = Text(parsed.GetValue(Recovery)),
            ActiveFrom = Period.From(parsed),
            ActiveUntil = Period.Until(parsed),
            IsActive = parsed.GetValue(Active) ?? true,
            GeneratesPassword = password.Generates(parsed),
            Password = await password.ReadAsync(parsed, ct),
        };
        var outcome = await session.Get<CreateMailbox>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, $"hosted domain {address[(at + 1)..]}", saved => session.Output.Done(saved, s => Sentence("Added", s)));
    }

    private static async Task<int> ListAsync(Session session, string? domain, PageRequest limits, CancellationToken ct)
    {
        var rows = session.Get<MailboxRows>();
        if (domain is not null && !DomainName.TryParse(domain, out _)) return session.NotFound($"hosted domain {domain}");

        var all = await Pages.AllAsync(
            async request => domain is null
                ? await rows.EverywhereAsync(request, session.Actor, ct)
                : await rows.OfDomainAsync(DomainName.Parse(domain), request, session.Actor, ct),
            limits);
        if (all is null) return session.NotFound($"hosted domain {domain}");

        return session.Output.List(
            all,
            ("MAILBOX", m => m.Address),
            ("NAME", m => m.DisplayName),
            ("USED", m => SizeText.Of(m.UsedBytes)),
            ("QUOTA", m => m.QuotaBytes is { } bytes ? $"{new ByteSize(bytes)}" : None),
            ("FORWARDS", m => m.ForwardCount == 0 ? "" : $"{m.ForwardCount}{(m.KeepsCopy ? ", keeps a copy" : "")}"),
            ("STATE", m => State(m.State, m.IsPasswordExpired)));
    }

    private static async Task<int> ShowAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } mailbox) return session.NotFound($"mailbox {parsed.GetValue(Address)}");

        return session.Output.Done(mailbox, m => $"""
            {m.Address}: {State(m.State, m.IsPasswordExpired)}
            name             {m.DisplayName}
            quota            {(m.QuotaBytes is { } bytes ? new ByteSize(bytes) : None)}
            used             {SizeText.Of(m.UsedBytes)} in {m.Messages} messages
            last sign-in     {Time("imap", m.LastImapAt)}{Time("pop3", m.LastPop3At)}{Time("submission", m.LastSubmissionAt)}{((m.LastImapAt ?? m.LastPop3At ?? m.LastSubmissionAt) is null ? "never" : "")}
            forwards to      {string.Join(", ", m.Forwards)}{(m.Forwards.Count > 0 && m.KeepsCopy ? " (keeps a copy)" : "")}
            forwarded from   {string.Join(", ", m.ForwardedFrom.Select(f => f.Address))}
            also reached as  {string.Join(", ", m.AlsoReachedAs)}
            protocols        {AccessOptions.Protocols(m.Access)}
            networks         {m.Access.Networks ?? "all"}
            active from      {m.Period.FromText}
            last day         {m.Period.UntilText}
            may send as      {string.Join(", ", m.SendAs)}
            recovery address {m.RecoveryAddress}
            welcome message  {Welcome(m.Welcome)}
            home             {m.Home}
            """);
    }

    private static string Welcome(WaitingWelcome? welcome) => welcome switch
    {
        { DueAt: null } givenUp => $"given up: {givenUp.Refusal}",
        { Refusal: { } refusal } => $"waits: {refusal}",
        not null => "waits",
        null => "",
    };

    private static async Task<int> SetAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } mailbox) return session.NotFound($"mailbox {parsed.GetValue(Address)}");

        var quota = parsed.GetResult(Quota) is null ? $"{mailbox.QuotaBytes}" : Text(parsed.GetValue(Quota));
        var access = AccessOptions.Chosen(parsed, mailbox.Access);
        var input = new UpdateMailbox.Input
        {
            Id = mailbox.Id,
            Version = mailbox.Version,
            DisplayName = parsed.GetResult(DisplayName) is null ? mailbox.DisplayName : Text(parsed.GetValue(DisplayName)),
            Quota = quota,
            Forwards = parsed.GetResult(Forward) is null ? string.Join(' ', mailbox.Forwards) : Joined(parsed, Forward),
            KeepsCopy = parsed.GetValue(KeepCopy) ?? mailbox.KeepsCopy,
            AllowsImap = access.Imap,
            AllowsPop3 = access.Pop3,
            AllowsSmtp = access.Smtp,
            AllowsSieve = access.Sieve,
            AllowedNetworks = access.Networks,
            RecoveryAddress = parsed.GetResult(Recovery) is null ? mailbox.RecoveryAddress : Text(parsed.GetValue(Recovery)),
            ActiveFrom = Period.From(parsed, mailbox.Period.FromText),
            ActiveUntil = Period.Until(parsed, mailbox.Period.UntilText),
            IsActive = parsed.GetValue(Active) ?? mailbox.IsActive,
        };
        var outcome = await session.Get<UpdateMailbox>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, mailbox.Address, saved => session.Output.Done(saved, s => $"Changed {s.Name}."));
    }

    private static async Task<int> PasswdAsync(Session session, ParseResult parsed, PasswordOptions password, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } mailbox) return session.NotFound($"mailbox {parsed.GetValue(Address)}");

        var input = new SetMailboxPassword.Input { Id = mailbox.Id, GeneratesPassword = password.Generates(parsed), Password = await password.ReadAsync(parsed, ct) };
        var outcome = await session.Get<SetMailboxPassword>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, mailbox.Address, saved => session.Output.Done(saved, s => Sentence("Changed the password of", s)));
    }

    private static async Task<int> WelcomeAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } mailbox) return session.NotFound($"mailbox {parsed.GetValue(Address)}");

        var outcome = await session.Get<SendWelcome>().RunAsync(new() { Id = mailbox.Id }, session.Actor, ct);
        return session.Answer(outcome, mailbox.Address, saved => session.Output.Done(saved, s => $"{s.Name} is sent its welcome message by the next panel that serves."));
    }

    private static async Task<int> DeleteAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var delete = session.Get<DeleteMailbox>();
        if (!EmailAddress.TryParse(parsed.GetValue(Address), out var address) || await delete.PlanAsync(address, session.Actor, ct) is not { } plan)
            return session.NotFound($"mailbox {parsed.GetValue(Address)}");
        if (parsed.GetValue(DryRun)) return session.Output.Done(plan, p => Sentence("Would delete", p));

        var outcome = await delete.RunAsync(new DeleteMailbox.Input { Id = plan.Id, Plan = plan.Fingerprint() }, session.Actor, ct);
        return session.Answer(outcome, plan.Address, gone => session.Output.Done(gone, p => Sentence("Deleted", p)));
    }

    private static string Sentence(string verb, MailboxDeletion plan) =>
        $"{verb} {plan.Address}. Its mail stays in {plan.Home}, and its address reserved. {plan.Forwarders.ShorterCount} addresses lose it as a destination, "
        + $"{plan.Forwarders.DeadCount} lose their only one.";

    internal static string Sentence(string verb, SavedWithPassword saved) =>
        saved.GeneratedPassword is { } password ? $"{verb} {saved.Name}. Password: {password}" : $"{verb} {saved.Name}.";

    internal static async Task<MailboxDetail?> FindAsync(Session session, ParseResult parsed, CancellationToken ct) =>
        EmailAddress.TryParse(parsed.GetValue(Address), out var address) ? await session.Get<MailboxRows>().FindAsync(address, session.Actor, ct) : null;

    private static string? Text(string? text) => string.Equals(text, None, StringComparison.OrdinalIgnoreCase) ? null : text;

    private static string? Joined(ParseResult parsed, Option<string[]> option) => Text(string.Join(' ', parsed.GetValue(option) ?? []));

    private static string State(AddressState state, bool isPasswordExpired) => $"{StateWord.Of(state)}{(isPasswordExpired ? ", password expired" : "")}";

    private static string Time(string protocol, DateTime? at) =>
        at is { } time ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{protocol} {time:yyyy-MM-dd HH:mm} UTC ") : "";
}
