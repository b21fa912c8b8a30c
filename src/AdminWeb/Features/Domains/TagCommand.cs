using System.CommandLine;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Domains;

/// <summary>`domain tag`.</summary>
internal static class TagCommand
{
    private static readonly Option<string?> Add = new("--add") { Description = "Tags that they get, with commas between." };

    private static readonly Option<string?> Remove = new("--remove") { Description = "Tags that they lose." };

    public static Command Create(string[] settings)
    {
        var tag = new Command("tag", "Add tags to many hosted domains, or remove them.") { Add, Remove };
        var many = new ManyOptions(tag, "NAME", FilterForm.OfDomains(new ListQuery(), ""));
        tag.Runs(settings, (session, parsed, ct) => RunAsync(session, parsed, many, ct), _ => "domain list");
        return tag;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, ManyOptions many, CancellationToken ct)
    {
        var names = await many.NamesAsync(parsed, ct);
        List<long>? ids = names is null ? null : [];
        foreach (var text in names ?? [])
        {
            var found = DomainName.TryParse(text, out var name) ? await session.Get<DomainRows>().RowAsync(name, session.Actor, ct) : null;
            if (found is null) return session.NotFound($"hosted domain {text}");

            ids!.Add(found.Id);
        }
        var input = new TagDomains.Input { Ids = ids, Filter = many.Limits(parsed), Add = parsed.GetValue(Add), Remove = parsed.GetValue(Remove) };
        var outcome = await session.Get<TagDomains>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, "such domain", changed => session.Output.Done(new { Changed = changed }, c => $"Changed the tags of {c.Changed} {(c.Changed == 1 ? "domain" : "domains")}."));
    }
}
