using AdminPanel.Web.Features.Dns.Check;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>A DKIM key record as a verifier reads it (RFC 6376 section 3.6.1): compared by what it means, not by its text.</summary>
/// <param name="KeyType">k=; "rsa" where it is not said.</param>
/// <param name="PublicKey">p= without white space; empty: the key is revoked.</param>
public sealed record DkimRecord(string KeyType, string PublicKey)
{
    /// <summary>The record's name below a domain.</summary>
    public static string NameOf(string selector, string domain) => $"{selector}._domainkey.{domain}";

    /// <returns>Null where it is no key record.</returns>
    public static DkimRecord? Parse(string text)
    {
        var tags = TagList.Read(text);
        if (!tags.IsWhole || (tags.Written("v") ?? "DKIM1") != "DKIM1" || tags.Written("p") is not { } key) return null;

        return new DkimRecord(tags.Written("k") ?? "rsa", string.Concat(key.Where(c => !char.IsWhiteSpace(c))));
    }
}
