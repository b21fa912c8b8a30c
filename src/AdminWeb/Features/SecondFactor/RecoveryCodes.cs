using System.Security.Cryptography;
using System.Text;
using AdminPanel.Data.Model;
using AdminPanel.Web.Platform.Passwords;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>Codes for whoever has lost the phone: four groups of four signs that no font confuses, each good once.</summary>
public static class RecoveryCodes
{
    private const int Groups = 4;

    private const int GroupLength = 4;

    /// <summary>As many as an account is given, to be shown once.</summary>
    public static IReadOnlyList<string> New() =>
        [.. Enumerable.Range(0, RecoveryCode.Given).Select(_ => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(PasswordGenerator.Alphabet, GroupLength))))];

    /// <summary>What the database keeps of one; hyphens, spaces and capitals make no difference.</summary>
    public static string Digest(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Plain(code))));

    /// <summary>A code as it was typed, without what people put between groups.</summary>
    internal static string Plain(string? typed) => string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')).ToLowerInvariant();
}
