using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Admins;

/// <summary>The admin that a URL names by login.</summary>
internal static class AdminRoute
{
    /// <summary>Null where there is none for this actor.</summary>
    public static async Task<AdminDetail?> FindAsync(AdminRows admins, string segment, Actor actor, CancellationToken ct) =>
        LoginName.TryNormalize(AddressText.FromRoute(segment), out var login, out _) ? await admins.FindAsync(login, actor, ct) : null;
}
