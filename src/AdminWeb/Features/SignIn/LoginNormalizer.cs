using System.Diagnostics.CodeAnalysis;
using AdminPanel.Data.Access;
using Microsoft.AspNetCore.Identity;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>A login as the accounts table holds it; "" for what cannot be one, which is nobody's login.</summary>
internal sealed class LoginNormalizer : ILookupNormalizer
{
    [return: NotNullIfNotNull(nameof(name))]
    public string? NormalizeName(string? name)
    {
        if (name is null) return null;

        return LoginName.TryNormalize(name, out var login, out _) ? login : "";
    }

    [return: NotNullIfNotNull(nameof(email))]
    public string? NormalizeEmail(string? email) => NormalizeName(email);
}
