using System.CommandLine;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>`alias add|list|show|set|delete|restore|purge|check`.</summary>
internal static class AliasCommands
{
    private static readonly Argument<string> Address = new("ADDRESS") { Description = "local-part@domain, or @domain for the catch-all." };

    private static readonly Argument<string[]> Destinations = new("DESTINATION") { Description = "Where its mail goes.", Arity = ArgumentArity.ZeroOrMore };

    private static readonly Option<bool> Group = new("--group") { Description = "Everyone in the domain, in place of destinations; internal unless --internal false says otherwise." };

    private static readonly Option<string[]> To = new("--to") { Description = "Where its mail goes; may be repeated, and replaces all.", AllowMultipleArgumentsPerToken = true };

    private static readonly Option<string?> Comment = new("--comment") { Description = "A note for admins." };

    private static readonly Option<bool?> Active = new("--active") { Description = "Whether it is in use: true or false." };

    private static readonly Option<bool?> Internal = new("--internal") { Description = "Whether only people who have signed in may write to it: true or false." };

    private static readonly Option<bool?> MembersMaySend = new("--members-may-send") { Description = "Whether each mailbox among its destinations may send as it: true or false." };

    private static readonly Option<string?> From = new("--from") { Description = "The first day, as 2026-12-24, or a moment (UTC) as 2026-12-24T18:00; none: at once." };

    private static readonly Option<string?> Until = new("--until") { Description = "The last day, or the moment (UTC) of the end; none: no end." };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would go, and delete nothing." };

    public static Command Create(string[] settings)
    {
        var add = new Command("add", "Add an alias, a group or a catch-all.") { Address, Destinations, Group, Comment, Active, From, Until, Internal, MembersMaySend };
        add.Runs(settings, AddAsync, Show);
        var domain = new Argument<string?>("DOMAIN") { Description = "Only this domain's.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Command("list", "List aliases and catch-alls.") { domain };
        var limits = new ListOptions(list, FilterForm.OfAliases(new ListQuery(), ""));
        list.Runs(settings, (session, parsed, ct) => ListAsync(session, parsed.GetValue(domain), limits.Read(parsed), ct));
        var show = new Command("show", "Show an alias or a catch-all.") { Address };
        show.Runs(settings, ShowAsync);
        var set = new Command("set", "Change an alias or a catch-all. What is not named stays.") { Address, To, Comment, Active, From, Until, Internal, MembersMaySend };
        set.Runs(settings, SetAsync, Show);
        var delete = new Command("delete", "Put an alias or a catch-all into the recycle bin. Its address stays reserved.") { Address, DryRun };
        delete.Runs(settings, DeleteAsync, Show);
        return new Command("alias", "Aliases and catch-alls.") { add, list, show, set, delete, RecycleBinCommands.Restore("alias", settings), PurgeCommands.Purge("alias", settings), AliasCheckCommand.Create(settings) };
    }

    private static string Show(ParseResult parsed) => $"alias show {parsed.GetValue(Address)}";

    private static async Task<int> AddAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var address = parsed.GetValue(Address)!;
        var at = address.LastIndexOf('@');
        if (at < 0) return session.Output.Refused([new Problem("Address", nameof(AddressFault.NoAt), address)]);

        var input = new CreateAlias.Input
        {
            LocalPart = address[..at],
            IsCatchAll = at == 0,
            DomainName = address[(at + 1)..],
            IsGroup = parsed.GetValue(Group),
            Destinations = string.Join(' ', parsed.GetValue(Destinations) ?? []),
            Comment = parsed.GetValue(Comment),
            IsActive = parsed.GetValue(Active) ?? true,
            ActiveFrom = Moment(parsed, From, null),
            ActiveUntil = Moment(parsed, Until, null),
            IsInternal = parsed.GetValue(Internal) ?? parsed.GetValue(Group),
            MembersMaySend = parsed.GetValue(MembersMaySend) ?? false,
        };
        var outcome = await session.Get<CreateAlias>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, $"hosted domain {address[(at + 1)..]}", saved => session.Output.Done(saved, s => $"Added {s.Name}."));
    }

    private static async Task<int> ListAsync(Session session, string? domain, PageRequest limits, CancellationToken ct)
    {
        var rows = session.Get<AliasRows>();
        if (domain is not null && !DomainName.TryParse(domain, out _)) return session.NotFound($"hosted domain {domain}");

        var all = await Pages.AllAsync(
            async request => domain is null
                ? await rows.EverywhereAsync(request, session.Actor, ct)
                : await rows.OfDomainAsync(DomainName.Parse(domain), request, session.Actor, ct),
            limits);
        if (all is null) return session.NotFound($"hosted domain {domain}");

        return session.Output.List(
            all,
            ("ALIAS", a => a.Address),
            ("DESTINATIONS", a => a.IsGroup ? "everyone in the domain" : a.DestinationCount > 1 ? $"{a.FirstDestination} and {a.DestinationCount - 1} more" : a.FirstDestination),
            ("COMMENT", a => a.Comment),
            ("STATE", a => StateWord.Of(a.State)));
    }

    private static async Task<int> ShowAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } alias) return session.NotFound($"alias {parsed.GetValue(Address)}");

        return session.Output.Done(alias, a => $"""
            {a.Address}: {StateWord.Of(a.State)}{(a.Kind == AddressKind.CatchAll ? " catch-all" : "")}
            group            {(a.Group is { } g ? $"everyone in the domain: {g.Members} mailboxes, {g.Addresses} of {Expansion.Limit} addresses{(g.Fits ? "" : ", so its mail is refused")}" : "no")}
            destinations     {string.Join(", ", a.Destinations)}
            comment          {a.Comment}
            active from      {a.Period.FromText}
            last day         {a.Period.UntilText}
            internal         {(a.IsInternal ? "yes" : "no")}
            members send     {(a.MembersMaySend ? "yes" : "no")}
            forwarded from   {string.Join(", ", a.ForwardedFrom.Select(f => f.Address))}
            also reached as  {string.Join(", ", a.AlsoReachedAs)}
            """);
    }

    private static async Task<int> SetAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        if (await FindAsync(session, parsed, ct) is not { } alias) return session.NotFound($"alias {parsed.GetValue(Address)}");

        var input = new UpdateAlias.Input
        {
            Id = alias.Id,
            Version = alias.Version,
            Destinations = string.Join(' ', parsed.GetResult(To) is null ? alias.Destinations : parsed.GetValue(To)!),
            Comment = parsed.GetResult(Comment) is null ? alias.Comment : parsed.GetValue(Comment),
            IsActive = parsed.GetValue(Active) ?? alias.IsActive,
            ActiveFrom = Moment(parsed, From, alias.Period.FromText),
            ActiveUntil = Moment(parsed, Until, alias.Period.UntilText),
            IsInternal = parsed.GetValue(Internal) ?? alias.IsInternal,
            MembersMaySend = parsed.GetValue(MembersMaySend) ?? alias.MembersMaySend,
        };
        var outcome = await session.Get<UpdateAlias>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, alias.Address, saved => session.Output.Done(saved, s => $"Changed {s.Name}."));
    }

    private static async Task<int> DeleteAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var delete = session.Get<DeleteAlias>();
        if (AliasRoute.ReadTyped(parsed.GetValue(Address)!) is not { } address || await delete.PlanAsync(address, session.Actor, ct) is not { } plan)
            return session.NotFound($"alias {parsed.GetValue(Address)}");
        if (parsed.GetValue(DryRun)) return session.Output.Done(plan, p => Sentence("Would delete", p));

        var outcome = await delete.RunAsync(new DeleteAlias.Input { Id = plan.Id, Plan = plan.Fingerprint() }, session.Actor, ct);
        return session.Answer(outcome, plan.Address, gone => session.Output.Done(gone, p => Sentence("Deleted", p)));
    }

    private static string Sentence(string verb, AliasDeletion plan) =>
        $"{verb} {plan.Address}. {plan.Forwarders.ShorterCount} addresses lose it as a destination, {plan.Forwarders.DeadCount} lose their only one."
        + " The address stays reserved.";

    private static string? Moment(ParseResult parsed, Option<string?> option, string? stored) =>
        parsed.GetResult(option) is null ? stored : parsed.GetValue(option) is "none" ? null : parsed.GetValue(option);

    private static async Task<AliasDetail?> FindAsync(Session session, ParseResult parsed, CancellationToken ct) =>
        AliasRoute.ReadTyped(parsed.GetValue(Address)!) is { } address ? await session.Get<AliasRows>().FindAsync(address, session.Actor, ct) : null;
}
