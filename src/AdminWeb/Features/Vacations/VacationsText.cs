namespace AdminPanel.Web.Features.Vacations;

/// <summary>The words of the pages about vacation replies: VacationsText.resx.</summary>
public sealed class VacationsText;
