using System.CommandLine;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.RecycleBin;

/// <summary>`recycle-bin list|release`, and `restore` of mailboxes, aliases and domains.</summary>
internal static class RecycleBinCommands
{
    public static Command Create(string[] settings)
    {
        var list = new Command("list", "List what is in the recycle bin.");
        var limits = new ListOptions(list, FilterForm.OfRecycleBin(new ListQuery(), ""));
        list.Runs(settings, (session, parsed, ct) => ListAsync(session, limits.Read(parsed), ct));
        return new Command("recycle-bin", "What was deleted and can come back.") { list, Release(settings) };
    }

    /// <summary>The verb that brings a thing back.</summary>
    /// <param name="noun">As <see cref="RecycledItemRows.Noun"/> says it.</param>
    public static Command Restore(string noun, string[] settings)
    {
        var name = Named(noun);
        var restore = new Command("restore", $"Take a deleted {noun} out of the recycle bin, as it was.") { name };
        restore.Runs(
            settings,
            async (session, parsed, ct) => await FindAsync(session, noun, parsed.GetValue(name)!, ct) is { } item
                ? session.Answer(
                    await session.Get<RestoreItem>().RunAsync(new() { Id = item.Id }, session.Actor, ct), item.Name, saved => session.Output.Done(saved, s => $"Restored {s.Name}."))
                : session.NotFound($"{noun} {parsed.GetValue(name)} in the recycle bin"),
            parsed => $"{noun} show {parsed.GetValue(name)}");
        return restore;
    }

    private static Command Release(string[] settings)
    {
        var name = new Argument<string>("ADDRESS") { Description = "The address of a deleted mailbox or alias." };
        var release = new Command("release", "Free the address of something in the recycle bin; the thing stays there.") { name };
        release.Runs(
            settings,
            async (session, parsed, ct) =>
            {
                var typed = parsed.GetValue(name)!;
                if ((await FindAsync(session, "mailbox", typed, ct) ?? await FindAsync(session, "alias", typed, ct)) is not { } item) return session.NotFound($"{typed} in the recycle bin");

                var next = await session.Get<RecycledItemRows>().NextOwnerAsync(item, ct);
                var outcome = await session.Get<ReleaseAddress>().RunAsync(new() { Id = item.Id }, session.Actor, ct);
                return session.Answer(outcome, item.Name, saved => session.Output.Done(saved, s => $"{s.Name} is free.{ReceivedBy(next)}"));
            },
            _ => "recycle-bin list");
        return release;
    }

    /// <summary>What to say of an address that nobody owns any more; nothing where its mail is refused.</summary>
    internal static string ReceivedBy(string? nextOwner) => nextOwner is null ? "" : $" From now on {nextOwner} receives the mail to it.";

    private static async Task<int> ListAsync(Session session, PageRequest limits, CancellationToken ct)
    {
        var items = session.Get<RecycledItemRows>();
        var all = await Pages.AllAsync(async request => await items.PageAsync(request, session.Actor, ct), limits);
        return session.Output.List(
            all!,
            ("NAME", i => i.Name),
            ("KIND", i => RecycledItemRows.Noun(i.Kind)),
            ("SIZE", i => SizeText.Of(i.Bytes)),
            ("DELETED", i => i.DeletedAt.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
            ("BY", i => i.DeletedBy),
            ("ADDRESS", i => i.IsReserved ? "reserved" : "released"));
    }

    internal static Argument<string> Named(string noun) =>
        noun == "domain" ? new("DOMAIN") { Description = "The domain's name." } : new("ADDRESS") { Description = "local-part@domain." };

    internal static async Task<RecycledItemRow?> FindAsync(Session session, string noun, string typed, CancellationToken ct)
    {
        var name = noun == "domain" ? DomainName.TryParse(typed, out var domain) ? domain.Value : null : AliasRoute.ReadTyped(typed);
        return name is null ? null : await session.Get<RecycledItemRows>().FindAsync(noun, name, session.Actor, ct);
    }
}
