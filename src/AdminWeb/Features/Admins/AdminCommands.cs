using System.CommandLine;
using System.Globalization;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;

namespace AdminPanel.Web.Features.Admins;

/// <summary>`admin add|list|set|passwd|reset-2fa|passkey|rules`.</summary>
internal static class AdminCommands
{
    private const string None = "none";

    private static readonly Argument<string> Login = new("LOGIN") { Description = "An address, or a plain name." };

    private static readonly Option<string[]> Domain = new("--domain") { Description = "Make a domain admin of this domain; may be repeated.", AllowMultipleArgumentsPerToken = true };

    private static readonly Option<bool> Superadmin = new("--superadmin") { Description = "Make a superadmin, who may do everything." };

    private static readonly Option<string[]> Without = new("--without") { Description = "Take this domain away; may be repeated.", AllowMultipleArgumentsPerToken = true };

    private static readonly Option<string?> Permissions = new("--permissions")
    {
        Description = $"What may be done in the domains named by --domain, separated by commas: {string.Join(", ", DomainPermissions.All.Words())}; or none.",
    };

    private static readonly Option<string?> DomainLimit = new("--domain-limit") { Description = "How many assigned domains it may get to by adding some, or none." };

    private static readonly Option<bool?> Active = new("--active") { Description = "Whether it may sign in: true or false." };

    public static Command Create(string[] settings)
    {
        var add = new Command("add", "Add an admin.") { Login, Domain, Superadmin };
        // Rights over everything are asked for by name, never had by leaving something out.
        add.Validators.Add(result =>
        {
            if (result.GetValue(Superadmin) == (result.GetValue(Domain) is { Length: > 0 })) result.AddError("Say either --superadmin or --domain.");
        });
        var addPassword = new PasswordOptions(add);
        add.Runs(settings, (session, parsed, ct) => AddAsync(session, parsed, addPassword, ct), _ => "admin list");
        var set = new Command("set", "Change an admin. What is not named stays.") { Login, Domain, Without, Permissions, DomainLimit, Active };
        set.Validators.Add(result =>
        {
            if (result.GetValue(Permissions) is not null && result.GetValue(Domain) is not { Length: > 0 }) result.AddError("--permissions needs --domain: they hold for the domains named with it.");
        });
        set.Runs(settings, SetAsync, _ => "admin list");
        var list = new Command("list", "List the admins.");
        var limits = new ListOptions(list, FilterForm.OfAdmins(new ListQuery(), ""));
        list.Runs(settings, (session, parsed, ct) => ListAsync(session, limits.Read(parsed), ct));
        var passwd = new Command("passwd", "Give an admin another password, and end the admin's sessions.") { Login };
        var newPassword = new PasswordOptions(passwd);
        passwd.Runs(settings, (session, parsed, ct) => PasswdAsync(session, parsed, newPassword, ct), _ => "admin list");
        return new Command("admin", "People who sign in to the panel.") { add, list, set, passwd, SecondFactorCommands.OfAdmin(settings, Login), PasskeyCommands.OfAdmin(settings, Login), RuleCommand.Create(settings), SetupCommands.SetupLink(settings) };
    }

    private static async Task<int> AddAsync(Session session, ParseResult parsed, PasswordOptions password, CancellationToken ct)
    {
        var input = new CreateAdmin.Input
        {
            Login = parsed.GetValue(Login),
            Kind = parsed.GetValue(Superadmin) ? AccountKind.Superadmin : AccountKind.DomainAdmin,
            Domains = parsed.GetValue(Domain) ?? [],
            GeneratesPassword = password.Generates(parsed),
            Password = await password.ReadAsync(parsed, ct),
        };
        var outcome = await session.Get<CreateAdmin>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, "such admin", saved => session.Output.Done(saved, s => Sentence("Added", s)));
    }

    private static async Task<int> ListAsync(Session session, PageRequest limits, CancellationToken ct)
    {
        var rows = session.Get<AdminRows>();
        var all = await Pages.AllAsync(async request => await rows.PageAsync(request, session.Actor, ct), limits);
        return session.Output.List(
            all!,
            ("LOGIN", a => a.Login),
            ("KIND", a => a.Kind == AccountKind.Superadmin ? "superadmin" : "domain admin"),
            ("DOMAINS", a => a.Kind == AccountKind.Superadmin ? "all" : $"{a.DomainCount}"),
            ("LAST SIGN-IN", a => a.LastSignInAt?.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)),
            ("STATE", a => a.IsActive ? "active" : "inactive"));
    }

    private static async Task<int> SetAsync(Session session, ParseResult parsed, CancellationToken ct)
    {
        var what = $"admin {parsed.GetValue(Login)}";
        if (await FindAsync(session, parsed.GetValue(Login), ct) is not { } found) return session.NotFound(what);

        var (named, without) = (Spelled(parsed.GetValue(Domain)), Spelled(parsed.GetValue(Without)));
        string[] words = parsed.GetValue(Permissions) is { } text ? ["", .. text.Split(',').Where(w => w is not (None or ""))] : [];
        var limit = parsed.GetValue(DomainLimit);
        var input = new UpdateAdmin.Input
        {
            Id = found.Id,
            Version = found.Version,
            Kind = found.Kind,
            IsActive = parsed.GetValue(Active) ?? found.IsActive,
            DomainLimit = limit is null ? found.DomainLimit?.ToString(CultureInfo.InvariantCulture) : limit == None ? null : limit,
            Domains = [.. found.Domains.Select(d => d.Name.Value).Union(named).Except(without)],
            Permissions = [.. named.SelectMany(d => words.Select(word => $"{d}:{word}"))],
        };
        var outcome = await session.Get<UpdateAdmin>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, what, saved => session.Output.Done(saved, s => $"Changed {s.Name}."));
    }

    /// <param name="typed">A login, however it is spelled.</param>
    internal static async Task<AdminDetail?> FindAsync(Session session, string? typed, CancellationToken ct) =>
        LoginName.TryNormalize(typed, out var login, out _) ? await session.Get<AdminRows>().FindAsync(login, session.Actor, ct) : null;

    private static List<string> Spelled(string[]? domains) => [.. (domains ?? []).Select(d => DomainName.TryParse(d, out var name) ? name.Value : d)];

    private static async Task<int> PasswdAsync(Session session, ParseResult parsed, PasswordOptions password, CancellationToken ct)
    {
        var what = $"admin {parsed.GetValue(Login)}";
        if (await FindAsync(session, parsed.GetValue(Login), ct) is not { } found) return session.NotFound(what);

        var input = new SetAdminPassword.Input { Id = found.Id, GeneratesPassword = password.Generates(parsed), Password = await password.ReadAsync(parsed, ct) };
        var outcome = await session.Get<SetAdminPassword>().RunAsync(input, session.Actor, ct);
        return session.Answer(outcome, what, saved => session.Output.Done(saved, s => Sentence("Changed the password of", s)));
    }

    private static string Sentence(string verb, SavedWithPassword saved) =>
        saved.GeneratedPassword is { } password ? $"{verb} {saved.Name}. Password: {password}" : $"{verb} {saved.Name}.";
}
