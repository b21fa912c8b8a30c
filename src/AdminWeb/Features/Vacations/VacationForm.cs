using System.Globalization;

namespace AdminPanel.Web.Features.Vacations;

/// <summary>A vacation reply as a form shows it.</summary>
internal static class VacationForm
{
    public static SetVacation.Input Of(VacationRow row) => new()
    {
        Id = row.MailboxId,
        Version = row.Version,
        IsOn = row.IsOn,
        Subject = row.Subject,
        Text = row.Text,
        FirstDay = Text(row.FirstDay),
        LastDay = Text(row.LastDay),
        Days = row.Days.ToString(CultureInfo.InvariantCulture),
    };

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
