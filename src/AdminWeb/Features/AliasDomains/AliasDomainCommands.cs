using System.CommandLine;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.AliasDomains;

/// <summary>`alias-domain add|list|delete`.</summary>
internal static class AliasDomainCommands
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The alias domain, in its own letters or as xn--." };

    private static readonly Argument<string> Target = new("TARGET") { Description = "The hosted domain it stands for." };

    public static Command Create(string[] settings)
    {
        var add = new Command("add", "Make every address of a hosted domain also reachable under another domain.") { Name, Target };
        add.Runs(settings, AddAsync, _ => "alias-domain list");
        var list = new Command("list", "List the alias domains.");
        var limits = new ListOptions(list, FilterForm.OfAliasDomains(new ListQuery(), ""));
        list.Runs(settings, (session, parsed, ct) => ListAsync(session, limits.Read(parsed), ct));
        var delete = new Command("delete", "Delete an alias domain. The target domain and its mail stay.") { Name };
        delete.Runs(settings, DeleteAsync, _ => "alias-domain list");
        return new Command("alias-domain", "Domains that stand for another domain.") { add, list, delete };
    }

    private static async Task<int> AddAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var input = new CreateAliasDomain.Input { Name = parsed.GetValue(Name), TargetName = parsed.GetValue(Target) };
        var outcome = await session.Get<CreateAliasDomain>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, "such domain", saved => session.Output.Done(saved, s => $"Added {s.Name}."));
    }

    private static async Task<int> ListAsync(Session session, PageRequest limits, CancellationToken ct)
    {
        var rows = session.Get<AliasDomainRows>();
        var all = await Pages.AllAsync(async request => await rows.PageAsync(request, session.Actor, ct), limits);
        return session.Output.List(
            all!, ("ALIAS DOMAIN", d => d.Name.Value), ("TARGET", d => d.TargetName.Value), ("STATE", d => d.IsActive ? "active" : "inactive"));
    }

    private static async Task<int> DeleteAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var what = $"alias domain {parsed.GetValue(Name)}";
        var found = DomainName.TryParse(parsed.GetValue(Name), out var name) ? await session.Get<AliasDomainRows>().FindAsync(name, session.Actor, ct) : null;
        if (found is null) return session.NotFound(what);

        var outcome = await session.Get<DeleteAliasDomain>().RunAsync(new DeleteAliasDomain.Input { Id = found.Id }, session.Actor, ct);
        return session.Answer(outcome, what, gone => session.Output.Done(gone, g => $"Deleted {g.Name}."));
    }
}
