namespace AdminPanel.Tests.Support;

/// <summary>RFC 4648 section 6, as an authenticator app reads what somebody types into it.</summary>
public static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="typed">Blanks between groups are passed over.</param>
    public static byte[] Decode(string typed)
    {
        var bits = string.Concat(typed.Where(c => !char.IsWhiteSpace(c)).Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2))];
    }
}
