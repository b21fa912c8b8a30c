using System.CommandLine;
using System.Globalization;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.OwnAliases;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>`domain self-service`.</summary>
internal static class SelfServiceCommand
{
    private const string None = "none";

    private static readonly Option<string?> May = new("--may")
    {
        Description = $"What owners do alone, with commas between, or none: {string.Join(',', OwnerRightWords.Each.Select(OwnerRightWords.Word))}.",
    };

    private static readonly Option<bool?> NeedsSecondFactor = new("--require-2fa") { Description = "Whether owners without a second factor set one up first: true or false." };

    private static readonly Option<string?> AliasLimit = new("--own-aliases") { Description = $"How many addresses of their own each owner may have, or none for {OwnedAlias.Most}, which is the most." };

    private static readonly Option<string?> MinLength = new("--password-min-length") { Description = "The fewest characters of a new password, or none for what the panel asks everywhere." };

    /// <summary>What a domain and a template have alike.</summary>
    internal static IReadOnlyList<Option> Settings { get; } = [May, NeedsSecondFactor, AliasLimit, MinLength];

    public static Command Create(string[] settings, Argument<string> name)
    {
        var command = new Command("self-service", "Show what the owners of a domain's mailboxes do alone, or change it. What is not named stays.") { name };
        foreach (var option in Settings) command.Options.Add(option);
        command.Runs(settings, (session, parsed, ct) => RunAsync(session, parsed, parsed.GetValue(name), ct), parsed => $"domain self-service {parsed.GetValue(name)}");
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, string? typed, CancellationToken ct)
    {
        if (!DomainName.TryParse(typed, out var name) || await session.Get<SelfServiceRows>().OfDomainAsync(name, session.Actor, ct) is not { } domain) return session.NotFound($"hosted domain {typed}");

        if (Settings.All(o => parsed.GetResult(o) is null)) return Show(session, domain);

        var stored = new SetSelfService.Input
        {
            Rights = domain.Rights.Words(), NeedsSecondFactor = domain.NeedsSecondFactor,
            OwnAliasLimit = domain.OwnAliasLimit?.ToString(CultureInfo.InvariantCulture), PasswordMinLength = domain.PasswordMinLength?.ToString(CultureInfo.InvariantCulture),
        };
        var input = Named(parsed, stored) with { Id = domain.Id, Version = domain.Version };
        return session.Answer(await session.Get<SetSelfService>().RunAsync(input, session.Actor, ct), domain.Name.Value, saved => session.Output.Done(saved, s => $"Changed {s.Name}."));
    }

    /// <summary>The options that were given; what is not named stays.</summary>
    internal static SetSelfService.Input Named(ParseResult parsed, ISelfServiceInput stored) => new()
    {
        Rights = DomainCommands.Chosen(parsed, May, string.Join(',', stored.Rights))?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        NeedsSecondFactor = parsed.GetValue(NeedsSecondFactor) ?? stored.NeedsSecondFactor,
        OwnAliasLimit = DomainCommands.Chosen(parsed, AliasLimit, stored.OwnAliasLimit),
        PasswordMinLength = DomainCommands.Chosen(parsed, MinLength, stored.PasswordMinLength),
    };

    internal static string Said(IReadOnlyList<string> rights) => rights.Count == 0 ? None : string.Join(", ", rights);

    private static int Show(Session session, DomainSelfService domain) => session.Output.Done(
        new { Name = domain.Name.Value, Rights = domain.Rights.Words(), domain.NeedsSecondFactor, domain.OwnAliasLimit, domain.PasswordMinLength },
        d => $"""
            {d.Name}
            owners may      {Said(d.Rights)}
            second factor   {(d.NeedsSecondFactor ? "required" : "as owners like")}
            own addresses   {OwnedAlias.LimitOf(d.OwnAliasLimit)} each
            password        {(d.PasswordMinLength is { } length ? $"{length} characters or more" : "as the panel asks everywhere")}
            """);
}
