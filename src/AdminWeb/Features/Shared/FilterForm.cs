namespace AdminPanel.Web.Features.Shared;

/// <summary>The line above a table.</summary>
/// <param name="Hint">What the field filters by.</param>
/// <param name="HasStates">Whether the list knows active and inactive.</param>
/// <param name="HasDates">Whether its rows have dates, too.</param>
/// <param name="HasInside">Whether the text may be looked for anywhere in a row.</param>
public sealed record FilterForm(ListQuery Query, string Hint, bool HasStates = true, bool HasDates = false, bool HasInside = false);
