using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>What a setup link is worth.</summary>
public enum SetupState
{
    /// <summary>It was never made, was used, was replaced by a newer one, or is too old.</summary>
    Gone,

    Open,

    /// <summary>There is a superadmin: setup is over.</summary>
    Done,
}

/// <summary>Reads about the setup link.</summary>
public static class SetupRows
{
    /// <summary>Whether somebody can sign in who may do everything.</summary>
    public static Task<bool> HasSuperadminAsync(this AdminDb db, CancellationToken ct) =>
        db.Accounts.AnyAsync(a => a.Kind == AccountKind.Superadmin && a.IsActive, ct);

    public static async Task<SetupState> SetupStateAsync(this AdminDb db, string? token, CancellationToken ct)
    {
        if (await db.HasSuperadminAsync(ct)) return SetupState.Done;

        var digest = SetupLink.Digest(token);
        var now = db.UtcNow;
        return await db.SetupTokens.AnyAsync(t => t.Digest == digest && t.ExpiresAt > now, ct) ? SetupState.Open : SetupState.Gone;
    }
}
