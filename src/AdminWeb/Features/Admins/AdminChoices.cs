using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Admins;

/// <summary>What people choose about an admin besides login and password.</summary>
public abstract record AdminForm
{
    public AccountKind Kind { get; init; } = AccountKind.DomainAdmin;

    /// <summary>Names of the hosted domains that a domain admin is assigned; a superadmin has all and is assigned none.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    public bool IsActive { get; init; } = true;
}

/// <summary>An admin in an audit entry.</summary>
internal sealed record AdminState(AccountKind Kind, bool IsActive, IReadOnlyList<string> Domains);

internal static class AdminChoices
{
    /// <summary>The chosen domains, in order of name; unknown ones go to <paramref name="reading"/>.</summary>
    public static async Task<List<AssignedDomain>> DomainsAsync(AdminDb db, AdminForm form, Reading reading, CancellationToken ct)
    {
        if (form.Kind == AccountKind.Superadmin) return [];

        var names = new List<DomainName>();
        foreach (var text in form.Domains.Where(d => !string.IsNullOrWhiteSpace(d)))
        {
            if (reading.Domain(nameof(AdminForm.Domains), text) is { } name) names.Add(name);
        }
        var found = await db.Domains.Where(d => names.Contains(d.Name) && d.Kind == DomainKind.Hosted).OrderBy(d => d.Name)
            .Select(d => new AssignedDomain(d.Id, d.Name)).ToListAsync(ct);
        foreach (var missing in names.Except(found.Select(d => d.Name)))
            reading.Add(new Problem(nameof(AdminForm.Domains), "DomainUnknown", missing.Unicode));
        return found;
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

internal sealed record AssignedDomain(long Id, DomainName Name);
