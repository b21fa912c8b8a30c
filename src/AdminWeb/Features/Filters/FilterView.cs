namespace AdminPanel.Web.Features.Filters;

/// <summary>A list of rules on a page.</summary>
/// <param name="Trial">The message that the rules are tried with; empty: none.</param>
/// <param name="Here">Path of the list; a rule is below it.</param>
/// <param name="Spam">What the form says of spam.</param>
public sealed record FilterView(FilterList List, TrialMessage Trial, string Here, SetSpamMark.Input Spam)
{
    /// <summary>With what is stored in the form.</summary>
    public static FilterView Of(FilterList list, TrialMessage trial, string here) => new(list, trial, here, new() { MailboxId = list.MailboxId, From = SetSpamMark.Text(list.Spam) });

    /// <summary>With what somebody typed, after a refusal.</summary>
    public static FilterView Again(FilterList list, string here, SetSpamMark.Input typed) => new(list, TrialMessage.None, here, typed);
}
