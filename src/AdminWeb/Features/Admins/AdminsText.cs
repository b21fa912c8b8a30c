namespace AdminPanel.Web.Features.Admins;

/// <summary>The words of the admin pages: AdminsText.resx.</summary>
public sealed class AdminsText;
