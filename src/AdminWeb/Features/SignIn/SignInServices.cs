using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.Serve;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>ASP.NET Core Identity from the shared framework, over the accounts table; its lockout is off, see <see cref="GuessBudget"/>.</summary>
public static class SignInServices
{
    private const string SignInPath = "/sign-in";

    /// <summary>Between the password and the code of the second factor.</summary>
    private static readonly TimeSpan FirstStepLasts = TimeSpan.FromMinutes(10);

    public static IServiceCollection AddSignIn(this IServiceCollection services, PanelSettings settings)
    {
        services.AddHttpContextAccessor();
        services.AddIdentityCore<Account>(options =>
            {
                options.Lockout.AllowedForNewUsers = false;
                options.User.AllowedUserNameCharacters = "";
            })
            .AddUserStore<AccountStore>()
            .AddSignInManager();
        services.AddSingleton<ILookupNormalizer, LoginNormalizer>();
        services.AddSingleton<IPasswordHasher<Account>, AccountPasswordHasher>();
        services.AddScoped<IUserClaimsPrincipalFactory<Account>, AccountPrincipal>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DenyAsNotFound>();
        services.AddScoped<MailboxOwners>();
        services.AddScoped<SessionGuard>();
        services.AddScoped<PanelSessions>();
        services.AddScoped<EndPanelSessions>();
        services.AddSingleton<DecoyHash>();
        services.AddSingleton<RefusalFloor>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<SignInRecorder>().AddSingleton<GuessesUnderWay>().AddScoped<MailGuesses>();
        services.AddScoped<GuessBudget>();
        services.AddScoped<PasswordProof>();
        services.AddScoped<SignInWithPassword>();
        services.AddScoped<SignOutOfSession>();
        services.AddScoped<CompleteSetup>();
        services.AddScoped<ChangeOwnPassword>();
        services.AddScoped<ChooseLanguage>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options => Configure(options, settings));
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options =>
        {
            Harden(options.Cookie, "first-step", settings);
            options.ExpireTimeSpan = FirstStepLasts;
            options.SlidingExpiration = false;
        });
        services.Configure<AntiforgeryOptions>(options => Harden(options.Cookie, "form", settings));
        services.Configure<CookieTempDataProviderOptions>(options => Harden(options.Cookie, "message", settings));
        services.AddAuthorization(Policies.Add);
        return services;
    }

    private static void Configure(CookieAuthenticationOptions options, PanelSettings settings)
    {
        Harden(options.Cookie, "session", settings);
        options.LoginPath = SignInPath;
        options.ReturnUrlParameter = "returnUrl";
        options.ExpireTimeSpan = settings.SessionIdle;
        options.SlidingExpiration = true;
        options.EventsType = typeof(SessionGuard);
    }

    /// <summary>With HTTPS the browser itself keeps the cookie to this host (__Host-, RFC 6265bis section 4.1.3.2) and off plain HTTP.</summary>
    private static void Harden(CookieBuilder cookie, string name, PanelSettings settings)
    {
        cookie.Name = settings.IsSecure ? $"__Host-{name}" : $"adminpanel-{name}";
        cookie.SecurePolicy = settings.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }
}
