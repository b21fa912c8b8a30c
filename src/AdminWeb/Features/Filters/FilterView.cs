namespace AdminPanel.Web.Features.Filters;

/// <summary>A list of rules on a page.</summary>
/// <param name="Trial">The message that the rules are tried with; empty: none.</param>
/// <param name="Here">Path of the list; a rule is below it.</param>
public sealed record FilterView(FilterList List, TrialMessage Trial, string Here);
