using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>The one-time link that creates the first superadmin. The database has its digest; the link itself is printed once.</summary>
/// <param name="Token">256 random bits, base64url.</param>
public sealed record SetupLink(string Token, DateTime ExpiresAt)
{
    private const int TokenOctets = 32;

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public static SetupLink New(DateTime now) => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenOctets)), now + Lifetime);

    /// <summary>SHA-256 is enough: nobody guesses 256 bits.</summary>
    public static string Digest(string? token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token ?? "")));

    /// <param name="baseUrl">Panel:Url.</param>
    public string Url(string baseUrl) => $"{baseUrl}/setup?token={Token}";

    /// <summary>Nothing that is logged or shown by accident holds the token.</summary>
    public override string ToString() => $"setup link until {ExpiresAt:u}";
}
