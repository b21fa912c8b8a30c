using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Serve;
using Microsoft.AspNetCore.Identity;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>Passkeys by ASP.NET Core Identity's handler, for the address that people type (Panel:Url).</summary>
public static class PasskeyServices
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services, PanelSettings settings)
    {
        var address = new Uri(settings.Url);
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = address.Host;
            // Not what a Host or Origin header says, which whoever asks may write.
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && Uri.TryCreate(context.Origin, UriKind.Absolute, out var origin) && IsSame(origin, address));
            options.UserVerificationRequirement = "required";
            // Kept by the device, so that it signs in without a name being typed.
            options.ResidentKeyRequirement = "required";
            options.AttestationConveyancePreference = "none";
            options.IsAllowedAlgorithm = PasskeyAlgorithms.IsOffered;
            options.AuthenticatorTimeout = CeremonySeal.Lasts;
        });
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddSingleton<CeremonyCookie>();
        return services.AddScoped<CeremonySeal>().AddScoped<PasskeyQuestions>().AddScoped<PasskeyProof>().AddScoped<StartPasskey>();
    }

    private static bool IsSame(Uri one, Uri other) => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
