using System.Security.Cryptography;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>Passwords made by the panel: four groups of six from 31 signs that no font confuses, 118 bits.</summary>
public static class PasswordGenerator
{
    /// <summary>Without i, l, o, 0 and 1.</summary>
    public const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    private const int Groups = 4;

    private const int GroupLength = 6;

    /// <summary>Of one, in characters.</summary>
    public const int Length = (Groups * GroupLength) + Groups - 1;

    public static string Generate() =>
        string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Alphabet, GroupLength)));
}
