namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>When a password stops to sign in, by its domain's rule: what Dovecot's password_query decides in SQL.</summary>
internal static class PasswordExpiry
{
    /// <summary>UTC; null is never.</summary>
    public static DateTime? At(DateTime changedAt, int? maxAgeDays) => maxAgeDays is { } days ? changedAt.AddDays(days) : null;
}
