namespace AdminPanel.Web.Features.Shared;

/// <summary>The line below a table whose rows can be ticked: what was ticked, or all that the list shows, goes to the page that changes many.</summary>
/// <param name="Kind">"mailboxes", "aliases" or "domains".</param>
/// <param name="DomainName">Of a domain's own list; null for the list of all.</param>
/// <param name="HasChange">False where the list can be taken away and no more.</param>
public sealed record BulkForm(ListQuery Query, string Kind, string? DomainName = null, bool HasChange = true);
