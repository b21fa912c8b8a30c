using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Forwarding;

namespace AdminPanel.Web.Features.Filters;

/// <summary>What is wrong with the rules of a mailbox taken together: beyond what Dovecot does for one message, it does none of it and puts the message into the inbox.</summary>
internal static class FilterChecks
{
    /// <summary>Pigeonhole's sieve_max_redirects, which is 4 by default.</summary>
    public const int MostSending = 4;

    /// <summary>Of sieve_max_actions, 32 by default, so many remain beside those that send on, one that ends the rules, the reply and the inbox.</summary>
    public const int MostStoring = 25;

    /// <param name="rules">As they are to be, in their order.</param>
    /// <param name="before">As they were.</param>
    public static async Task<IReadOnlyList<Problem>> ProblemsAsync(AdminDb db, Mailbox mailbox, IReadOnlyList<FilterRule> rules, IReadOnlyList<FilterRule> before, string sendsToField, Actor actor, CancellationToken ct)
    {
        var problems = new List<Problem>();
        if (rules.Count > MailboxFilter.Most) problems.Add(new Problem("", "TooManyFilters", MailboxFilter.Most));
        if (rules.Count(r => r is { IsOn: true, SendsTo: not null }) > MostSending) problems.Add(new Problem("", "FiltersSendTooMuch", MostSending));
        if (rules.Count(r => r is { IsOn: true, Stops: false, Delivery: FilterDelivery.Move or FilterDelivery.Copy or FilterDelivery.Trash }) > MostStoring) problems.Add(new Problem("", "FiltersStoreTooMuch", MostStoring));

        var known = before.Select(r => r.SendsTo).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var further = rules.Select(r => r.SendsTo).OfType<string>().Distinct(StringComparer.Ordinal).Where(a => !known.Contains(a)).Select(EmailAddress.Parse).ToList();
        if (await db.ForwardingProblemAsync(sendsToField, mailbox.Entry!, further, actor, ct) is { } notAllowed) problems.Add(notAllowed);
        else if (await db.SendingOnProblemAsync(sendsToField, mailbox.Entry!, further, actor, ct) is { } comesBack) problems.Add(comesBack);
        return problems;
    }
}
