using AdminPanel.Web.Features.Filters;
using Xunit;

namespace AdminPanel.Tests.Unit.Filters;

/// <summary>Trying rules says what the mail server would do; tests/MailStack/FilterTests asks that.</summary>
public sealed class FilterTrialTests
{
    private static readonly TrialMessage Letter = new("Ann Ox <Ann@Example.org>", "Bob <bob@example.org>, list@example.net", "Re: Bill 7", false);

    [Theory]
    [InlineData(FilterPart.From, FilterTest.Contains, "ann ox", true)]
    [InlineData(FilterPart.From, FilterTest.Contains, "nobody", false)]
    [InlineData(FilterPart.From, FilterTest.ContainsNot, "nobody", true)]
    [InlineData(FilterPart.From, FilterTest.Is, "ann@example.ORG", true)]
    [InlineData(FilterPart.From, FilterTest.Is, "Ann Ox", false)]
    [InlineData(FilterPart.From, FilterTest.IsNot, "ann@example.org", false)]
    [InlineData(FilterPart.From, FilterTest.EndsWith, "@example.org", true)]
    [InlineData(FilterPart.From, FilterTest.StartsWith, "ann@", true)]
    [InlineData(FilterPart.To, FilterTest.Is, "list@example.net", true)]
    [InlineData(FilterPart.To, FilterTest.StartsWith, "bob@", true)]
    [InlineData(FilterPart.To, FilterTest.Contains, "bob@example.org>, list", true)]
    [InlineData(FilterPart.Subject, FilterTest.StartsWith, "re:", true)]
    [InlineData(FilterPart.Subject, FilterTest.Is, "re: bill 7", true)]
    [InlineData(FilterPart.Subject, FilterTest.EndsWith, "8", false)]
    [InlineData(FilterPart.Subject, FilterTest.Contains, "*", false)]
    [InlineData(FilterPart.Header, FilterTest.Contains, "x", false)]
    [InlineData(FilterPart.Header, FilterTest.ContainsNot, "x", true)]
    [InlineData(FilterPart.Larger, FilterTest.Is, "5", false)]
    [InlineData(FilterPart.Smaller, FilterTest.Is, "5", true)]
    [InlineData(FilterPart.Spam, FilterTest.Is, null, false)]
    public void A_condition_is_met_or_not(FilterPart part, FilterTest test, string? value, bool isMet) =>
        Assert.Equal(isMet, Applying(Letter, A("a", new FilterCondition(part, test, part == FilterPart.Header ? "X-A" : null, value))).Length == 1);

    [Fact]
    public void Letters_beyond_ascii_are_compared_as_they_are() =>
        Assert.Empty(Applying(Letter with { Subject = "GRÜSSE" }, A("a", new FilterCondition(FilterPart.Subject, FilterTest.Contains, null, "grüsse"))));

    [Fact]
    public void Rules_are_gone_through_until_one_ends_the_others()
    {
        var (yes, no) = (new FilterCondition(FilterPart.Subject, FilterTest.Contains, null, "bill"), new FilterCondition(FilterPart.Subject, FilterTest.Contains, null, "nothing"));

        Assert.Equal(
            ["goes on", "any", "ends"],
            Applying(Letter, A("goes on", yes), A("not all", yes, no), A("any", no, yes) with { Match = FilterMatch.Any }, A("off", yes) with { IsOn = false }, A("ends", yes) with { Stops = true }, A("never", yes)));
    }

    [Fact]
    public void Spam_is_seen_by_rules_that_ask_for_it_where_a_filter_marks_it()
    {
        var (letter, spam) = (A("letter", new FilterCondition(FilterPart.Subject, FilterTest.Contains, null, "bill")), A("spam", new FilterCondition(FilterPart.Spam, FilterTest.Is, null, null)));

        Assert.Equal(["spam"], Applying(Letter with { IsSpam = true }, letter, spam));
        Assert.Equal(["letter", "spam"], FilterTrial.Applying([letter, spam], Letter with { IsSpam = true }, isSpamMarked: false).Select(r => r.Name));
    }

    private static string[] Applying(TrialMessage message, params FilterRule[] rules) => [.. FilterTrial.Applying(rules, message, isSpamMarked: true).Select(r => r.Name)];

    private static FilterRule A(string name, params FilterCondition[] conditions) => new() { Name = name, Conditions = conditions, Delivery = FilterDelivery.Move, Folder = "F" };
}
