using System.CommandLine;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.SelfService;

namespace AdminPanel.Web.Features.Domains.Templates;

/// <summary>`domain-template add|list|show|set|delete`.</summary>
internal static class TemplateCommands
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The template, by its name." };

    private static readonly Option<string?> NewName = new("--name") { Description = "Another name for it." };

    public static Command Create(string[] settings)
    {
        var add = new Command("add", "Add a template that new domains start from.") { Name };
        add.Runs(settings, (session, parsed, ct) => SaveAsync(session, parsed, new SaveTemplate.Input { Name = parsed.GetValue(Name) }.FilledFromTemplate(new TemplateForm()), ct), Show);
        var list = new Command("list", "List the templates.");
        list.Runs(settings, ListAsync);
        var show = new Command("show", "Show a template.") { Name };
        show.Runs(settings, ShowAsync);
        var set = new Command("set", "Change a template. What is not named stays, and domains that were made from it stay as they are.") { Name, NewName };
        set.Runs(settings, SetAsync, Show);
        foreach (var command in (Command[])[add, set])
        {
            foreach (var option in (Option[])[.. DomainCommands.Settings, DomainCommands.Roles, DomainCommands.RoleDestination, .. SelfServiceCommand.Settings]) command.Options.Add(option);
        }
        var delete = new Command("delete", "Delete a template. Domains that were made from it stay as they are.") { Name };
        delete.Runs(settings, DeleteAsync, Show);
        return new Command("domain-template", "What new domains start from.") { add, list, show, set, delete };
    }

    private static string Show(ParseResult parsed) => $"domain-template show {parsed.GetValue(Name)}";

    private static async Task<int> SaveAsync(Session session, ParseResult parsed, SaveTemplate.Input input, CancellationToken ct)
    {
        var named = DomainCommands.Named(parsed, input).WithOwners(SelfServiceCommand.Named(parsed, input));
        var outcome = await session.Get<SaveTemplate>().RunAsync(named, session.Actor, ct);
        return session.Answer(outcome, $"template {input.Name}", saved => session.Output.Done(saved, s => $"Saved template {s.Name}."));
    }

    private static async Task<int> SetAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } stored) return session.NotFound($"template {parsed.GetValue(Name)}");

        var input = new SaveTemplate.Input { Id = stored.Id, Version = stored.Version, Name = parsed.GetValue(NewName) ?? stored.Name }.FilledFromTemplate(stored.Form);
        return await SaveAsync(session, parsed, input, ct);
    }

    private static async Task<int> ListAsync(Session session, ParseResult parsed, CancellationToken ct) => session.Output.List(
        await session.Get<TemplateRows>().AllAsync(session.Actor, ct),
        ("TEMPLATE", t => t.Name),
        ("MAILBOXES", t => t.Form.MailboxLimit ?? ""),
        ("QUOTA", t => t.Form.QuotaLimit ?? ""),
        ("ROLE ADDRESSES", t => string.Join(',', t.Form.Roles)));

    private static async Task<int> ShowAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } template) return session.NotFound($"template {parsed.GetValue(Name)}");

        return session.Output.Done(template, t => $"""
            {t.Name}
            description    {t.Form.Description}
            tags           {t.Form.Tags}
            mailboxes      {t.Form.MailboxLimit}
            aliases        {t.Form.AliasLimit}
            quota          {t.Form.QuotaLimit}
            over-commit    {(t.Form.AllowsOvercommit ? "allowed" : "refused")}
            mailbox quota  {t.Form.MailboxQuotaLimit}
            default quota  {t.Form.DefaultQuota}
            password age   {t.Form.PasswordMaxAge}
            welcome        {t.Form.WelcomeLanguage}
            role addresses {string.Join(", ", t.Form.Roles)}
            their mail to  {t.Form.RoleDestination}
            owners may     {SelfServiceCommand.Said(t.Form.Rights)}
            second factor  {(t.Form.NeedsSecondFactor ? "required" : "as owners like")}
            own addresses  {t.Form.OwnAliasLimit}
            password       {t.Form.PasswordMinLength}
            """);
    }

    private static async Task<int> DeleteAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } template) return session.NotFound($"template {parsed.GetValue(Name)}");

        var outcome = await session.Get<DeleteTemplate>().RunAsync(new() { Id = template.Id }, session.Actor, ct);
        return session.Answer(outcome, $"template {template.Name}", saved => session.Output.Done(saved, s => $"Deleted template {s.Name}."));
    }

    private static async Task<TemplateRow?> FindAsync(Session session, ParseResult parsed, CancellationToken ct) =>
        (await session.Get<TemplateRows>().AllAsync(session.Actor, ct)).FirstOrDefault(t => string.Equals(t.Name, parsed.GetValue(Name), StringComparison.OrdinalIgnoreCase));
}
