using System.CommandLine;
using AdminPanel.Web.Features.Cli;

namespace AdminPanel.Web.Features.MailServer.Settings;

/// <summary>`settings list|set|reset`.</summary>
internal static class SettingsCommands
{
    private const string What = "settings";

    private static readonly Argument<string[]> Pairs = new("KEY=VALUE") { Description = "A setting and its value, as \"settings list\" shows them.", Arity = ArgumentArity.OneOrMore };

    private static readonly Argument<string[]> Keys = new("KEY") { Description = "A setting.", Arity = ArgumentArity.OneOrMore };

    /// <summary>A line of the list.</summary>
    /// <param name="Value">Null where there is none, and for secrets.</param>
    /// <param name="From">The origin, or the file or variable of the host's configuration.</param>
    private sealed record Line(string Key, SettingSource DecidedBy, SettingGroup Group, bool IsSet, string? Value, bool IsRight, string? Default, string From, string Wanted);

    public static Command Create(string[] settings)
    {
        var list = new Command("list", "List the settings of the mail server, what they are and where that comes from. Secrets are set or not set.");
        list.Runs(settings, ListAsync);
        var set = new Command("set", "Choose settings that the panel decides: all of those named, or none.") { Pairs };
        set.Validators.Add(result =>
        {
            var pairs = result.GetValue(Pairs) ?? [];
            foreach (var pair in pairs.Where(p => p.IndexOf('=', StringComparison.Ordinal) < 1)) result.AddError($"{pair}: write it as KEY=VALUE.");
            foreach (var twice in pairs.GroupBy(Key).Where(g => g.Count() > 1)) result.AddError($"{twice.Key} is there more than once.");
        });
        set.Runs(settings, (session, parsed, ct) => ChangeAsync(session, parsed.GetValue(Pairs)!.ToDictionary(Key, p => (string?)p[(Key(p).Length + 1)..]), ct), _ => $"{What} list");
        var reset = new Command("reset", "Put settings back to their defaults: all of those named, or none.") { Keys };
        reset.Runs(settings, (session, parsed, ct) => ChangeAsync(session, parsed.GetValue(Keys)!.Distinct().ToDictionary(k => k, _ => (string?)null), ct), _ => $"{What} list");
        return new Command(What, "What the mail server's configuration is rendered from.") { list, set, reset };
    }

    private static string Key(string pair) => pair[..Math.Max(pair.IndexOf('=', StringComparison.Ordinal), 0)];

    private static async Task<int> ListAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var now = await session.Get<SettingRows>().ReadAsync(session.Actor, ct);
        if (now is null) return session.NotFound(What);

        var lines = now.Rows.Select(r => new Line(
            r.Setting.Key, r.Setting.Source, r.Setting.Group, r.Setting.Source == SettingSource.Secret ? r.From == SettingOrigin.Host : r.Value is not null, r.Value, r.IsRight, r.Setting.Default,
            r.Place ?? OriginWord(r.From), r.Setting.Wanted)).ToList();
        return session.Output.List(
            lines,
            ("SETTING", l => l.Key),
            ("VALUE", l => l switch { { DecidedBy: SettingSource.Secret } => l.IsSet ? "set" : "not set", { IsRight: false } => $"not a value: must be {l.Wanted}", _ => l.Value }),
            ("FROM", l => l.From),
            ("DECIDED BY", l => l.DecidedBy == SettingSource.Panel ? "panel" : "host"));
    }

    private static string OriginWord(SettingOrigin origin) => origin switch
    {
        SettingOrigin.Default => "default",
        SettingOrigin.Panel => "panel",
        _ => "",
    };

    private static async Task<int> ChangeAsync(Session session, IReadOnlyDictionary<string, string?> values, CancellationToken ct)
    {
        var outcome = await session.Get<ChangeSettings>().RunAsync(new() { Values = values }, session.Actor, ct);
        return session.Answer(outcome, What, changed => session.Output.Done(changed, c => c.Changed.Count == 0
            ? "Nothing was changed."
            : string.Join('\n', c.Changed.Select(s => $"{s.Key}: {s.Before} -> {s.After}")) + "\nThis takes effect with adminpanel apply, run as root."));
    }
}
