using System.Security.Cryptography;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;

namespace AdminPanel.Web.Features.OwnAliases;

/// <summary>
/// Names of addresses that mailbox owners make. Each ends with a dot and random signs: nobody gets a name that a colleague
/// had, that a certificate authority writes to, or that means somebody in the house.
/// </summary>
internal static class OwnAliasName
{
    /// <summary>Characters of a word that is chosen.</summary>
    public const int MaxWord = 40;

    private const int AfterWord = 5;

    private const int WholeOfRandom = 6;

    /// <summary>"shop.k7mqt", or "w3xbnd.fh8rz" without a word.</summary>
    /// <param name="word">As it was typed; empty: random, too.</param>
    /// <returns>Null where it cannot stand in an address, which <paramref name="reading"/> then says.</returns>
    public static LocalPart? Make(string field, string? word, RecipientDelimiter delimiter, Reading reading)
    {
        var chosen = string.IsNullOrWhiteSpace(word) ? Random(WholeOfRandom) : word.Trim();
        if (chosen.Length > MaxWord)
        {
            reading.Add(new Problem(field, "TextTooLong", MaxWord));
            return null;
        }
        if (!LocalPart.TryParse($"{chosen}.{Random(AfterWord)}", out var name, out var fault))
        {
            reading.Add(new Problem(field, fault.ToString(), chosen));
            return null;
        }
        if (!name.IsAscii) reading.Add(new Problem(field, "LocalPartNotAscii", chosen));
        else if (delimiter.Cuts(name.Value)) reading.Add(new Problem(field, "LocalPartHasDelimiter", delimiter.Sign));
        else return name;
        return null;
    }

    private static string Random(int length) => RandomNumberGenerator.GetString(PasswordGenerator.Alphabet, length);
}
