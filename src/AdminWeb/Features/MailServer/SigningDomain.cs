using System.Security.Cryptography;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>A domain whose mail is signed.</summary>
/// <param name="Target">The hosted domain whose people sign as this one: itself, or what an alias domain stands for.</param>
public sealed record SigningDomain(string Name, string Target, IReadOnlyList<SigningKey> Keys)
{
    /// <summary>All that sign now, in the order of their names, with the keys that the signer knows.</summary>
    public static async Task<IReadOnlyList<SigningDomain>> AllAsync(AdminDb db, Signer signer, CancellationToken ct)
    {
        if (signer == Signer.None) return [];

        var keys = await SigningKeys.OfAll(db, signer)
            .Select(k => new { k.Domain!.Name, Target = (Data.Addresses.DomainName?)k.Domain.Target!.Name, k.Selector, k.PublicKey }).ToListAsync(ct);
        return [.. keys.GroupBy(k => (k.Name.Value, Target: k.Target?.Value)).OrderBy(g => g.Key.Value, StringComparer.Ordinal)
            .Select(g => new SigningDomain(
                g.Key.Value, g.Key.Target ?? g.Key.Value, [.. g.OrderBy(k => k.Selector, StringComparer.Ordinal).Select(k => new SigningKey(k.Selector, SigningKey.NameOf(g.Key.Value, k.Selector, k.PublicKey, signer)))]))];
    }
}

/// <param name="File">Of its private half, in the directory of keys.</param>
public sealed record SigningKey(string Selector, string File)
{
    /// <summary>Another key, or another signer, is another file: what a daemon has opened never changes under its hands.</summary>
    /// <param name="publicKey">As in <see cref="DkimKey.PublicKey"/>.</param>
    public static string NameOf(string domain, string selector, string publicKey, Signer signer) =>
        $"{domain}.{selector}.{Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(publicKey)).AsSpan(0, 8))}{(signer == Signer.OpenDkim ? ".opendkim" : "")}.key";
}
