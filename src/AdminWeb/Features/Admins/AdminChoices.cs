using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Admins;

/// <summary>What people choose about an admin besides login and password.</summary>
public abstract record AdminForm
{
    /// <summary>A page always sends it: nobody is made less than a superadmin because a field got lost.</summary>
    [BindRequired]
    public AccountKind Kind { get; init; } = AccountKind.DomainAdmin;

    /// <summary>Names of the hosted and relay domains that a domain admin is assigned; a superadmin has all and is assigned none.</summary>
    // A list of its own, and no array: the binder adds to what stands here, and passes over what it cannot add to.
    public IReadOnlyList<string> Domains { get; init; } = new List<string>();

    /// <summary>
    /// "example.org:mailboxes" for each thing allowed in an assigned domain, and "example.org:" for a domain whose
    /// permissions are chosen here. A domain that is not among them keeps its own, or gets the usual ones.
    /// </summary>
    public IReadOnlyList<string> Permissions { get; init; } = new List<string>();

    /// <summary>How many assigned domains a domain admin may get to by adding domains; empty: may add none.</summary>
    public string? DomainLimit { get; init; }

    public bool IsActive { get; init; } = true;
}

/// <summary>An admin in an audit entry.</summary>
/// <param name="Domains">"example.org: mailboxes, aliases".</param>
internal sealed record AdminState(AccountKind Kind, bool IsActive, int? DomainLimit, IReadOnlyList<string> Domains)
{
    /// <param name="account">With its domains and their names.</param>
    public static AdminState Of(Account account) => new(account.Kind, account.IsActive, account.DomainLimit,
        [.. account.Domains.Select(d => Line(d.Domain!.Name, d.Permissions)).Order(StringComparer.Ordinal)]);

    public static string Line(DomainName name, DomainPermissions permissions) => $"{name.Value}: {string.Join(", ", permissions.Words())}";
}

internal static class AdminChoices
{
    /// <summary>An admin is no mailbox owner: that account is made by the mailbox's own sign-in.</summary>
    public static void CheckKind(AdminForm form, Reading reading)
    {
        if (form.Kind is not (AccountKind.Superadmin or AccountKind.DomainAdmin)) reading.Add(new Problem(nameof(AdminForm.Kind), "ChoiceUnknown", $"{nameof(AccountKind.Superadmin)}, {nameof(AccountKind.DomainAdmin)}"));
    }

    /// <summary>The chosen domains, in order of name; unknown ones go to <paramref name="reading"/>.</summary>
    public static async Task<List<AssignedDomain>> DomainsAsync(AdminDb db, AdminForm form, Reading reading, CancellationToken ct)
    {
        if (form.Kind == AccountKind.Superadmin) return [];

        var names = new List<DomainName>();
        foreach (var text in form.Domains.Where(d => !string.IsNullOrWhiteSpace(d)))
        {
            if (reading.Domain(nameof(AdminForm.Domains), text) is { } name) names.Add(name);
        }
        var found = await db.Domains.Assignable().Where(d => names.Contains(d.Name)).OrderBy(d => d.Name)
            .Select(d => new AssignedDomain(d.Id, d.Name, null)).ToListAsync(ct);
        foreach (var missing in names.Except(found.Select(d => d.Name)))
            reading.Add(new Problem(nameof(AdminForm.Domains), "DomainUnknown", missing.Unicode));
        var chosen = Permissions(form, reading);
        return [.. found.Select(d => chosen.TryGetValue(d.Name, out var permissions) ? d with { Permissions = permissions } : d)];
    }

    public static int? DomainLimit(AdminForm form, Reading reading) =>
        form.Kind == AccountKind.Superadmin ? null : reading.Count(nameof(AdminForm.DomainLimit), form.DomainLimit);

    private static Dictionary<DomainName, DomainPermissions> Permissions(AdminForm form, Reading reading)
    {
        var chosen = new Dictionary<DomainName, DomainPermissions>();
        foreach (var entry in form.Permissions.Where(p => !string.IsNullOrWhiteSpace(p)))
        {
            var (text, word) = entry.LastIndexOf(':') is >= 0 and var colon ? (entry[..colon], entry[(colon + 1)..]) : (entry, "");
            var permission = DomainPermissions.None;
            if (!DomainName.TryParse(text, out var name)) reading.Add(new Problem(nameof(AdminForm.Domains), "DomainUnknown", text));
            else if (word.Length > 0 && !DomainPermissionWords.TryRead(word, out permission)) reading.Add(new Problem(nameof(AdminForm.Domains), "PermissionUnknown", word));
            else chosen[name] = chosen.GetValueOrDefault(name) | permission;
        }
        return chosen;
    }

    /// <summary>
    /// Locks all active superadmins and says whether this account is the only one. With the lock, two superadmins
    /// cannot remove each other at the same moment.
    /// </summary>
    public static async Task<bool> IsLastSuperadminAsync(AdminDb db, long accountId, CancellationToken ct)
    {
        var active = db.Accounts.Where(a => a.Kind == AccountKind.Superadmin && a.IsActive);
        await active.ExecuteUpdateAsync(set => set.SetProperty(a => a.IsActive, a => a.IsActive), ct);
        var ids = await active.OrderBy(a => a.Id).Select(a => a.Id).Take(2).ToListAsync(ct);
        return ids is [var only] && only == accountId;
    }

    /// <summary>A cookie with an older stamp is refused at the next request.</summary>
    public static string NewStamp() => System.Security.Cryptography.RandomNumberGenerator.GetHexString(32, lowercase: true);
}

/// <param name="Permissions">Null: those it has, or the usual ones.</param>
internal sealed record AssignedDomain(long Id, DomainName Name, DomainPermissions? Permissions);
