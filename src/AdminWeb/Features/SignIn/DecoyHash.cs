using System.Security.Cryptography;
using AdminPanel.Web.Platform.Passwords;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>A hash that no password matches, for logins that do not exist: checking one costs what checking a real one costs.</summary>
public sealed class DecoyHash(PasswordHasher hasher)
{
    private readonly Lazy<string> value = new(() => hasher.Hash(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));

    public string Value => value.Value;
}
