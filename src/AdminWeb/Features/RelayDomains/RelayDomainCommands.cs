using System.CommandLine;
using System.Globalization;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.RelayDomains;

/// <summary>`relay-domain add|list|show|set|delete|recipients|add-recipients|remove-recipients`.</summary>
internal static class RelayDomainCommands
{
    private const string None = "none";

    private static readonly Argument<string> Name = new("NAME") { Description = "The relay domain, in its own letters or as xn--." };

    private static readonly Argument<string[]> Recipients = new("RECIPIENT") { Description = "Addresses, or local parts alone; without any they are read from stdin.", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<string?> Description = new("--description") { Description = "A note for admins, or none." };

    private static readonly Option<string?> Hop = new("--next-hop") { Description = "The host that takes its mail, as mx.example.org or 192.0.2.1:2525; none: by its MX records." };

    private static readonly Option<string?> Limit = new("--recipient-limit") { Description = "How many recipients it may have, or none." };

    private static readonly Option<bool?> Active = new("--active") { Description = "Whether it is in use: true or false." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would go, and delete nothing." };

    public static Command Create(string[] settings)
    {
        var add = new Command("add", "Add a relay domain. It takes no mail until it has recipients.") { Name, Hop, Description, Limit, Active };
        add.Runs(settings, AddAsync, Show);
        var filter = new Option<string?>("--filter") { Description = "Only what begins so." };
        var list = new Command("list", "List the relay domains.");
        var limits = new ListOptions(list, FilterForm.OfRelayDomains(new ListQuery(), ""));
        list.Runs(settings, (session, parsed, ct) => ListAsync(session, limits.Read(parsed), ct));
        var show = new Command("show", "Show a relay domain.") { Name };
        show.Runs(settings, ShowAsync);
        var set = new Command("set", "Change a relay domain. What is not named stays.") { Name, Hop, Description, Limit, Active };
        set.Runs(settings, SetAsync, Show);
        var delete = new Command("delete", "Delete a relay domain with its recipients and aliases.") { Name, DryRun };
        delete.Runs(settings, DeleteAsync, Show);
        var recipients = new Command("recipients", "List the recipients of a relay domain.") { Name, filter };
        recipients.Runs(settings, (session, parsed, ct) => RecipientsAsync(session, parsed, parsed.GetValue(filter), ct));
        var more = new Command("add-recipients", "Add recipients to a relay domain: all of them, or none.") { Name, Recipients };
        more.Runs(settings, AddRecipientsAsync, List);
        var fewer = new Command("remove-recipients", "Take recipients off a relay domain.") { Name, Recipients };
        fewer.Runs(settings, RemoveRecipientsAsync, List);
        return new Command("relay-domain", "Domains whose mail goes on to another host.") { add, list, show, set, delete, recipients, more, fewer };
    }

    private static string Show(ParseResult parsed) => $"relay-domain show {parsed.GetValue(Name)}";

    private static string List(ParseResult parsed) => $"relay-domain recipients {parsed.GetValue(Name)}";

    private static async Task<int> AddAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var input = new CreateRelayDomain.Input
        {
            Name = parsed.GetValue(Name),
            Description = Chosen(parsed, Description, null),
            NextHop = Chosen(parsed, Hop, null),
            RecipientLimit = Chosen(parsed, Limit, null),
            IsActive = parsed.GetValue(Active) ?? true,
        };
        var served = await session.Get<RelayDomainRows>().AreServedAsync(ct);
        var outcome = await session.Get<CreateRelayDomain>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, "such domain", saved =>
        {
            if (!served) session.Output.PartFailed("The mail server is not told to serve relay domains: set relay_domains to yes and render its configuration.");
            return session.Output.Done(saved, s => $"Added {s.Name}.");
        });
    }

    private static async Task<int> ListAsync(Session session, PageRequest limits, CancellationToken ct)
    {
        var rows = session.Get<RelayDomainRows>();
        var all = await Pages.AllAsync(async request => await rows.PageAsync(request, session.Actor, ct), limits);
        return session.Output.List(
            all!, ("RELAY DOMAIN", d => d.Name.Value), ("NEXT HOP", d => d.NextHop ?? "MX records"), ("RECIPIENTS", Count), ("STATE", d => State(d.IsActive)));
    }

    private static async Task<int> ShowAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } domain) return NotFound(session, parsed);

        return session.Output.Done(domain, d => $"""
            {d.Name.Value}: {State(d.IsActive)}
            description  {d.Description}
            next hop     {d.NextHop ?? "MX records"}
            recipients   {Count(d)}
            """);
    }

    private static async Task<int> SetAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } domain) return NotFound(session, parsed);

        var input = new UpdateRelayDomain.Input
        {
            Id = domain.Id,
            Version = domain.Version,
            Description = Chosen(parsed, Description, domain.Description),
            NextHop = Chosen(parsed, Hop, domain.NextHop),
            RecipientLimit = Chosen(parsed, Limit, domain.RecipientLimit?.ToString(CultureInfo.InvariantCulture)),
            IsActive = parsed.GetValue(Active) ?? domain.IsActive,
        };
        var outcome = await session.Get<UpdateRelayDomain>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, domain.Name.Value, saved => session.Output.Done(saved, s => $"Changed {s.Name}."));
    }

    private static async Task<int> DeleteAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var delete = session.Get<DeleteRelayDomain>();
        if (await FindAsync(session, parsed, ct) is not { } domain || await delete.PlanAsync(domain.Id, session.Actor, ct) is not { } plan) return NotFound(session, parsed);
        if (parsed.GetValue(DryRun)) return session.Output.Done(plan, p => Sentence("Would delete", p));

        var outcome = await delete.RunAsync(new() { Id = domain.Id, Plan = plan.Fingerprint() }, session.Actor, ct);
        return session.Answer(outcome, domain.Name.Value, gone => session.Output.Done(gone, p => Sentence("Deleted", p)));
    }

    private static async Task<int> RecipientsAsync(Session session, ParseResult parsed, string? filter, CancellationToken ct)
    {
        var rows = session.Get<RelayDomainRows>();
        var all = DomainName.TryParse(parsed.GetValue(Name), out var name)
            ? await Pages.AllAsync(request => rows.RecipientsAsync(name, request, session.Actor, ct), new PageRequest { Filter = filter })
            : null;
        return all is null ? NotFound(session, parsed) : session.Output.List(all, ("RECIPIENT", r => r.Address), ("STATE", r => State(r.IsActive)));
    }

    private static async Task<int> AddRecipientsAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } domain) return NotFound(session, parsed);

        var outcome = await session.Get<AddRelayRecipients>().RunAsync(new() { DomainId = domain.Id, Recipients = await NamedAsync(parsed, ct) }, session.Actor, ct);
        return session.Answer(outcome, domain.Name.Value, done => session.Output.Done(done, d => $"Added {d.Changed} recipients to {d.DomainName}. {d.Unchanged} were there before."));
    }

    private static async Task<int> RemoveRecipientsAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } domain) return NotFound(session, parsed);

        var outcome = await session.Get<RemoveRelayRecipients>().RunAsync(new() { DomainId = domain.Id, Recipients = await NamedAsync(parsed, ct) }, session.Actor, ct);
        return session.Answer(outcome, domain.Name.Value, done => session.Output.Done(done, d => $"Removed {d.Changed} recipients from {d.DomainName}. {d.Unchanged} were not there."));
    }

    private static async Task<string> NamedAsync(ParseResult parsed, CancellationToken ct)
    {
        if (parsed.GetValue(Recipients) is { Length: > 0 } named) return string.Join('\n', named);

        using var stdin = new Stdin();
        var lines = new List<string>();
        while (await stdin.ReadLineAsync(ct) is { } line) lines.Add(line);
        return string.Join('\n', lines);
    }

    private static async Task<RelayDomainRow?> FindAsync(Session session, ParseResult parsed, CancellationToken ct) =>
        DomainName.TryParse(parsed.GetValue(Name), out var name) ? await session.Get<RelayDomainRows>().FindAsync(name, session.Actor, ct) : null;

    private static int NotFound(Session session, ParseResult parsed) => session.NotFound($"relay domain {parsed.GetValue(Name)}");

    private static string? Chosen(ParseResult parsed, Option<string?> option, string? stored) =>
        parsed.GetResult(option) is null ? stored
        : parsed.GetValue(option) is { } text && !string.Equals(text, None, StringComparison.OrdinalIgnoreCase) ? text : null;

    private static string Count(RelayDomainRow domain) => domain.RecipientLimit is { } limit ? $"{domain.RecipientCount} of {limit}" : $"{domain.RecipientCount}";

    private static string Sentence(string verb, RelayDomainDeletion plan) =>
        $"{verb} {plan.Name}, {plan.RecipientCount} recipients, {plan.AliasCount} aliases. {plan.ForwardCount} addresses elsewhere forward into it.";

    private static string State(bool isActive) => isActive ? "active" : "inactive";
}
