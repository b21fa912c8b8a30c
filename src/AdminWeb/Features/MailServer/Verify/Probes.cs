using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailServer.Verify;

/// <summary>What the lookup tables are asked: a choice of what is there, in every kind and state, names that nobody has, and keys that strangers send.</summary>
internal static class Probes
{
    private const int OfEach = 4;

    private const string Nobody = "panelverifynobody";

    /// <summary>An address that nobody has.</summary>
    public static string NobodyIn(string domain) => $"{Nobody}@{domain}";

    /// <summary>A domain whose addresses the queries look up to their end; one of another host where there is none.</summary>
    public static async Task<string> DomainAsync(AdminDb db, CancellationToken ct) =>
        await db.Domains.Where(d => d.Kind == DomainKind.Hosted && d.IsActive).OrderBy(d => d.Id).Select(d => d.Name).Take(1).ToListAsync(ct) is [var name] ? name.Value : Elsewhere;

    private const string Elsewhere = "example.net";

    /// <summary>
    /// Addresses, of every kind, from the beginning, the middle and the end of the register, and those that are not simply
    /// active; each with an extension, too, under an alias domain of its domain, and beside names that nobody has.
    /// </summary>
    public static async Task<IReadOnlyList<string>> LiveAsync(AdminDb db, RecipientDelimiter delimiter, CancellationToken ct)
    {
        // What another delimiter would cut off is a part of the name.
        IReadOnlyList<string> extensions = [.. RecipientDelimiter.Signs.Where(sign => sign is RecipientDelimiter.Default || sign == delimiter.Sign).Select(sign => sign + "ext")];
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in Enum.GetValues<AddressKind>()) addresses.UnionWith(await OfKindAsync(db, kind, ct));

        var names = addresses.Select(a => a[(a.LastIndexOf('@') + 1)..]).ToHashSet(StringComparer.Ordinal);
        names.UnionWith(await DomainsAsync(db, ct));
        names.Add(await DomainAsync(db, ct));
        var aliasDomains = await db.Domains.Where(d => d.Kind == DomainKind.Alias && d.Target != null).OrderBy(d => d.Id).Take(OfEach * 2).Select(d => new { d.Name, Target = d.Target!.Name }).ToListAsync(ct);
        foreach (var address in addresses.ToList())
        {
            var (local, domain) = (address[..address.LastIndexOf('@')], address[(address.LastIndexOf('@') + 1)..]);
            if (local.Length == 0) continue;

            addresses.UnionWith(extensions.Select(extension => $"{local}{extension}@{domain}"));
            addresses.UnionWith(aliasDomains.Where(a => a.Target.Value == domain).Select(a => $"{local}@{a.Name.Value}"));
        }
        names.UnionWith(aliasDomains.Select(a => a.Name.Value));
        foreach (var name in names.Append(Elsewhere))
        {
            addresses.Add(NobodyIn(name));
            addresses.UnionWith(extensions.Select(extension => $"{Nobody}{extension}@{name}"));
        }
        // A catch-all is asked by what it catches.
        return [.. addresses.Where(a => a[0] != '@' && EmailAddress.TryParse(a, out _)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Keys that no table may answer or stumble over, in a domain that is served: as octets, since not all are text.</summary>
    public static IReadOnlyList<byte[]> Hostile(string domain)
    {
        string[] locals =
        [
            "ü", "имя", "名前", "\u202e", "e\u0301", "\U0001F4E7", "'", "\"", "\\", "\\'", "`", "%", "%s", "%u", "%d", "%%", "%00", "_", "*", "?", "$", "${x}", "#", ";", ",", "--", "/*", "a b", "+", "++", "+ext", ".", "..",
            "' or '1'='1", "' union select 1 -- ", "\\' or 1=1 -- ", "0 or 1=1", "a@b", "<script>", "|", "!", "&", "~", "\u007f", new string('a', 987), new string('\'', 300), new string('ü', 400),
        ];
        string[] bare = ["", "@", "@@", "plain", "'", "0 or 1=1", "a@", $"@{domain}", $"nobody@[127.0.0.1]", $"nobody@{domain}.", $"nobody@.{domain}", $"nobody@{domain}'", $"nobody@{new string('x', 900)}"];
        byte[][] octets = [[0xff, 0xfe], [0xc3], [0xe2, 0x82], [0xf0, 0x9f, 0x93], [0xed, 0xa0, 0x80], [0xc0, 0xaf]];
        var at = Encoding.UTF8.GetBytes("@" + domain);
        return [.. locals.Select(local => Encoding.UTF8.GetBytes($"{local}@{domain}")), .. bare.Where(key => key.Length > 0).Select(Encoding.UTF8.GetBytes), .. octets.Select(octet => (byte[])[.. octet, .. at])];
    }

    private static async Task<List<string>> OfKindAsync(AdminDb db, AddressKind kind, CancellationToken ct)
    {
        var now = db.UtcNow;
        var all = db.Addresses.Where(a => a.Kind == kind);
        var last = await all.OrderByDescending(a => a.Id).Select(a => a.Id).FirstOrDefaultAsync(ct);
        var found = new List<string>();
        // What was added last is what nobody has seen working.
        found.AddRange(await all.OrderByDescending(a => a.Id).Take(OfEach).Select(a => a.Address).ToListAsync(ct));
        foreach (var from in (long[])[0, last / 3, last * 2 / 3])
        {
            found.AddRange(await all.Where(a => a.Id > from).OrderBy(a => a.Id).Take(OfEach).Select(a => a.Address).ToListAsync(ct));
        }
        List<IQueryable<AddressEntry>> states = [all.Where(a => !a.IsActive), all.Where(a => a.ActiveFrom > now), all.Where(a => a.ActiveUntil <= now), all.Where(a => a.IsGroup)];
        // Without an index of its own: of aliases alone.
        if (kind == AddressKind.Alias) states.Add(all.Where(a => a.IsInternal));
        foreach (var some in states)
        {
            found.AddRange(await some.Take(OfEach).Select(a => a.Address).ToListAsync(ct));
        }
        return found;
    }

    private static async Task<IEnumerable<string>> DomainsAsync(AdminDb db, CancellationToken ct)
    {
        var names = new List<DomainName>();
        foreach (var kind in Enum.GetValues<DomainKind>()) names.AddRange(await db.Domains.Where(d => d.Kind == kind).OrderBy(d => d.Id).Take(OfEach).Select(d => d.Name).ToListAsync(ct));
        names.AddRange(await db.Domains.Where(d => !d.IsActive).OrderBy(d => d.Id).Take(OfEach).Select(d => d.Name).ToListAsync(ct));
        return names.Select(name => name.Value);
    }
}
