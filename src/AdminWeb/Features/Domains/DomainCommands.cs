using System.CommandLine;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Domains.Templates;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.SelfService;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Domains;

/// <summary>`domain add|list|show|set|tag|self-service|set-roles|rename|delete|restore|purge`.</summary>
internal static class DomainCommands
{
    private const string None = "none";

    private static readonly Argument<string> Name = new("NAME") { Description = "The domain, in its own letters or as xn--." };

    private static readonly Argument<string> NewName = new("NEW") { Description = "The new name." };

    private static readonly Option<bool> KeepOld = new("--keep-old") { Description = "Keep the old name as an alias domain: mail and sign-ins under it still work." };

    private static readonly Option<string?> Description = new("--description") { Description = "A note for admins." };

    private static readonly Option<string?> MailboxLimit = new("--mailbox-limit") { Description = "How many mailboxes it may have, or none." };

    private static readonly Option<string?> AliasLimit = new("--alias-limit") { Description = "How many aliases it may have, or none." };

    private static readonly Option<string?> QuotaLimit = new("--quota-limit") { Description = "What its mailboxes may be given in all, as 500G, or none." };

    private static readonly Option<bool?> Overcommit = new("--overcommit") { Description = "Whether its mailboxes may be given more than that in all: true or false." };

    private static readonly Option<string?> MailboxQuotaLimit = new("--mailbox-quota-limit") { Description = "The largest quota of a mailbox, as 20G, or none." };

    private static readonly Option<string?> DefaultQuota = new("--default-quota") { Description = "Quota of a new mailbox, as 5G, or none." };

    private static readonly Option<string?> PasswordMaxAge = new("--password-max-age") { Description = "Days after which a password no longer signs in, or none." };

    private static readonly Option<string?> Tags = new("--tags") { Description = "Words to sort domains by, with commas between, or none." };

    private static readonly Option<string?> Welcome = new("--welcome") { Description = "Greet owners of new mailboxes by a message in this language, as en, or none." };

    private static readonly Option<string?> WelcomeText = new("--welcome-text") { Description = "What they read above the settings for a mail program, or none for the panel's own words." };

    private static readonly Option<bool?> RefuseMail = new("--refuse-mail") { Description = "Whether all mail to it is refused while its mailboxes can be read: true or false." };

    private static readonly Option<string?> Template = new("--template") { Description = "The name of a template to start from; other options replace what it says." };

    internal static readonly Option<string?> Roles = new("--roles") { Description = "Role addresses with commas between: postmaster,abuse,hostmaster,webmaster, or none." };

    internal static readonly Option<string?> RoleDestination = new("--role-destination") { Description = "The one address that their mail goes to." };

    private static readonly Option<bool?> Active = new("--active") { Description = "Whether it is in use: true or false." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would go, and delete nothing." };

    /// <summary>What a domain and a template have alike.</summary>
    internal static IReadOnlyList<Option> Settings { get; } =
        [Description, MailboxLimit, AliasLimit, QuotaLimit, Overcommit, MailboxQuotaLimit, DefaultQuota, PasswordMaxAge, Tags, Welcome, WelcomeText, RefuseMail];

    public static Command Create(string[] settings)
    {
        var add = new Command("add", "Add a hosted domain.") { Name, Template, Roles, RoleDestination, Active };
        foreach (var option in Settings) add.Options.Add(option);
        add.Runs(settings, AddAsync, Show);
        var list = new Command("list", "List the hosted domains.");
        var limits = new ListOptions(list, FilterForm.OfDomains(new ListQuery(), ""));
        list.Runs(settings, (session, parsed, ct) => ListAsync(session, limits.Read(parsed), ct));
        var show = new Command("show", "Show a hosted domain.") { Name };
        show.Runs(settings, ShowAsync);
        var set = new Command("set", "Change a hosted domain. What is not named stays.") { Name, Active };
        foreach (var option in Settings) set.Options.Add(option);
        set.Runs(settings, SetAsync, Show);
        var roles = new Command("set-roles", "Choose a hosted domain's role addresses and where their mail goes.") { Name, Roles, RoleDestination };
        roles.Runs(settings, SetRolesAsync, Show);
        var rename = new Command("rename", "Give a hosted domain another name, and all its addresses with it. Mail and passwords stay.") { Name, NewName, KeepOld };
        rename.Runs(settings, RenameAsync, parsed => $"domain show {parsed.GetValue(NewName)}");
        var delete = new Command("delete", "Put a hosted domain into the recycle bin with its mailboxes, aliases and alias domains. Mail stays on disk.") { Name, DryRun };
        delete.Runs(settings, DeleteAsync, Show);
        return new Command("domain", "Hosted domains.") { add, list, show, set, TagCommand.Create(settings), SelfServiceCommand.Create(settings, Name), roles, rename, delete, RecycleBinCommands.Restore("domain", settings), PurgeCommands.Purge("domain", settings) };
    }

    private static string Show(ParseResult parsed) => $"domain show {parsed.GetValue(Name)}";

    private static async Task<int> AddAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        TemplateRow? template = null;
        if (parsed.GetValue(Template) is { } templateName)
        {
            template = (await session.Get<TemplateRows>().AllAsync(session.Actor, ct)).FirstOrDefault(t => string.Equals(t.Name, templateName, StringComparison.OrdinalIgnoreCase));
            if (template is null) return session.NotFound($"template {templateName}");
        }
        var input = Named(parsed, new CreateDomain.Input { Name = parsed.GetValue(Name), TemplateId = template?.Id, IsActive = parsed.GetValue(Active) ?? true }
            .FilledFrom(template?.Form ?? new TemplateForm()));
        var outcome = await session.Get<CreateDomain>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, "such domain", saved => session.Output.Done(saved, s => $"Added {s.Name}."));
    }

    private static async Task<int> ListAsync(Session session, PageRequest limits, CancellationToken ct)
    {
        var rows = session.Get<DomainRows>();
        var all = await Pages.AllAsync(async request => await rows.PageAsync(request, session.Actor, ct), limits);
        return session.Output.List(
            all!,
            ("DOMAIN", d => d.Name.Value),
            ("MAILBOXES", d => Of(d.MailboxCount, d.MailboxLimit)),
            ("ALIASES", d => Of(d.AliasCount, d.AliasLimit)),
            ("QUOTA", d => Quota(d.AllocatedQuota, d.QuotaLimit)),
            ("USED", d => SizeText.Of(d.Used?.Bytes ?? 0)),
            ("TAGS", d => string.Join(',', d.Tags)),
            ("STATE", d => State(d.IsActive, d.RefusesMail)));
    }

    private static async Task<int> ShowAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct, countsUsed: true) is not { } domain) return session.NotFound($"hosted domain {parsed.GetValue(Name)}");

        return session.Output.Done(domain, d => $"""
            {d.Name.Value}{(d.Name.Unicode == d.Name.Value ? "" : $" ({d.Name.Unicode})")}: {State(d.IsActive, d.RefusesMail)}
            description    {d.Description}
            mailboxes      {Of(d.MailboxCount, d.MailboxLimit)}
            aliases        {Of(d.AliasCount, d.AliasLimit)}
            tags           {string.Join(", ", d.Tags)}
            quota          {Quota(d.AllocatedQuota, d.QuotaLimit)}{(d.Overcommitted > 0 ? $", {SizeText.Of(d.Overcommitted)} more than there is" : "")}
            over-commit    {(d.AllowsOvercommit ? "allowed" : "refused")}
            mailbox quota  {(d.MailboxQuotaLimit is { } largest ? $"up to {new ByteSize(largest)}" : None)}
            used           {SizeText.Of(d.Used?.Bytes ?? 0)} in {d.Used?.Messages ?? 0} messages
            default quota  {(d.DefaultQuota is { } quota ? new ByteSize(quota) : None)}
            password age   {(d.PasswordMaxAgeDays is { } days ? $"{days} days" : None)}
            welcome        {d.WelcomeLanguage ?? None}
            role addresses {string.Join(", ", d.Roles)}
            alias domains  {string.Join(", ", d.AliasDomains)}
            admins         {string.Join(", ", d.Admins)}
            """);
    }

    private static async Task<int> SetAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } domain) return session.NotFound($"hosted domain {parsed.GetValue(Name)}");

        var input = new UpdateDomain.Input
        {
            Id = domain.Id,
            Version = domain.Version,
            Description = Chosen(parsed, Description, domain.Description),
            MailboxLimit = Chosen(parsed, MailboxLimit, domain.MailboxLimit),
            AliasLimit = Chosen(parsed, AliasLimit, domain.AliasLimit),
            QuotaLimit = Chosen(parsed, QuotaLimit, domain.QuotaLimit),
            AllowsOvercommit = parsed.GetValue(Overcommit) ?? domain.AllowsOvercommit,
            MailboxQuotaLimit = Chosen(parsed, MailboxQuotaLimit, domain.MailboxQuotaLimit),
            DefaultQuota = Chosen(parsed, DefaultQuota, domain.DefaultQuota),
            Tags = Chosen(parsed, Tags, string.Join(',', domain.Tags)),
            PasswordMaxAge = Chosen(parsed, PasswordMaxAge, domain.PasswordMaxAgeDays),
            WelcomeLanguage = Chosen(parsed, Welcome, domain.WelcomeLanguage),
            WelcomeText = Chosen(parsed, WelcomeText, domain.WelcomeText),
            RefusesMail = parsed.GetValue(RefuseMail) ?? domain.RefusesMail,
            IsActive = parsed.GetValue(Active) ?? domain.IsActive,
        };
        var outcome = await session.Get<UpdateDomain>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, domain.Name.Value, saved => session.Output.Done(saved, s => $"Changed {s.Name}."));
    }

    private static async Task<int> SetRolesAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } domain) return session.NotFound($"hosted domain {parsed.GetValue(Name)}");

        var stored = await session.Get<DomainRows>().RolesAsync(domain.Name, ct);
        var input = new SetRoleAddresses.Input
        {
            DomainId = domain.Id, Roles = RolesOf(parsed) ?? stored.Roles, RoleDestination = Chosen(parsed, RoleDestination, stored.Destination),
        };
        var outcome = await session.Get<SetRoleAddresses>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, domain.Name.Value, saved => session.Output.Done(saved, s => $"Changed {s.Name}."));
    }

    private static async Task<int> RenameAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var rename = session.Get<RenameDomain>();
        if (!DomainName.TryParse(parsed.GetValue(Name), out var name) || await rename.PlanAsync(name, session.Actor, ct) is not { } plan)
            return session.NotFound($"hosted domain {parsed.GetValue(Name)}");

        // As for a deletion: the shell has named it, and sees the counts in the answer.
        var input = new RenameDomain.Input { Id = plan.Id, NewName = parsed.GetValue(NewName), KeepsOldName = parsed.GetValue(KeepOld), ConfirmName = plan.Name, Plan = plan.Fingerprint() };
        var outcome = await rename.RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, plan.Name, saved => session.Output.Done(
            saved, s => $"Renamed {plan.Name} to {s.Name}: {plan.MailboxCount} mailboxes, {plan.AliasCount} aliases, {plan.ForwardCount} destinations elsewhere."));
    }

    private static async Task<int> DeleteAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var delete = session.Get<DeleteDomain>();
        if (await FindAsync(session, parsed, ct) is not { } domain || await delete.PlanAsync(domain.Id, session.Actor, ct) is not { } plan)
            return session.NotFound($"hosted domain {parsed.GetValue(Name)}");
        if (parsed.GetValue(DryRun)) return session.Output.Done(plan, p => Sentence("Would delete", p));

        // Whoever names the domain in a shell has typed the name and sees the plan in the answer.
        var input = new DeleteDomain.Input { Id = domain.Id, ConfirmName = plan.Name, Plan = plan.Fingerprint() };
        var outcome = await delete.RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, domain.Name.Value, gone => session.Output.Done(gone, p => Sentence("Deleted", p)));
    }

    private static string Sentence(string verb, DomainDeletion plan) =>
        $"{verb} {plan.Name}, {plan.MailboxCount} mailboxes, {plan.AliasCount} aliases, {plan.AliasDomains.Count} alias domains. "
        + $"Mail stays on disk. {plan.ForwardCount} addresses elsewhere forward into it, and are refused while it is in the recycle bin.";

    private static async Task<DomainDetail?> FindAsync(Session session, ParseResult parsed, CancellationToken ct, bool countsUsed = false) =>
        DomainName.TryParse(parsed.GetValue(Name), out var name) ? await session.Get<DomainRows>().FindAsync(name, session.Actor, ct, countsUsed) : null;

    /// <summary>The form with the options that were given; what is not named stays.</summary>
    internal static TInput Named<TInput>(ParseResult parsed, TInput form) where TInput : NewDomainInput => (TInput)((NewDomainInput)form with
    {
        Description = Chosen(parsed, Description, form.Description),
        MailboxLimit = Chosen(parsed, MailboxLimit, form.MailboxLimit),
        AliasLimit = Chosen(parsed, AliasLimit, form.AliasLimit),
        QuotaLimit = Chosen(parsed, QuotaLimit, form.QuotaLimit),
        AllowsOvercommit = parsed.GetValue(Overcommit) ?? form.AllowsOvercommit,
        MailboxQuotaLimit = Chosen(parsed, MailboxQuotaLimit, form.MailboxQuotaLimit),
        DefaultQuota = Chosen(parsed, DefaultQuota, form.DefaultQuota),
        PasswordMaxAge = Chosen(parsed, PasswordMaxAge, form.PasswordMaxAge),
        WelcomeLanguage = Chosen(parsed, Welcome, form.WelcomeLanguage),
        WelcomeText = Chosen(parsed, WelcomeText, form.WelcomeText),
        Tags = Chosen(parsed, Tags, form.Tags),
        RefusesMail = parsed.GetValue(RefuseMail) ?? form.RefusesMail,
        Roles = RolesOf(parsed) ?? form.Roles,
        RoleDestination = Chosen(parsed, RoleDestination, form.RoleDestination),
    });

    private static string[]? RolesOf(ParseResult parsed) => parsed.GetResult(Roles) is null ? null : Chosen(parsed, Roles, null)?.Split(',') ?? [];

    /// <summary>What was given, null for "none"; what is stored where the option was not named.</summary>
    internal static string? Chosen(ParseResult parsed, Option<string?> option, object? stored)
    {
        if (parsed.GetResult(option) is null) return stored is null ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{stored}");

        return parsed.GetValue(option) is { } text && !string.Equals(text, None, StringComparison.OrdinalIgnoreCase) ? text : null;
    }

    private static string Of(int count, int? limit) => limit is null ? $"{count}" : $"{count} of {limit}";

    private static string Quota(long allocated, long? limit) =>
        limit is { } bytes ? $"{new ByteSize(allocated)} of {new ByteSize(bytes)}" : $"{new ByteSize(allocated)}";

    private static string State(bool isActive, bool refusesMail) => (isActive, refusesMail) switch
    {
        (false, _) => "inactive",
        (_, true) => "refuses mail",
        _ => "active",
    };
}
