using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Unit.Shared;

/// <summary>Sizes, addresses and messages as pages write them.</summary>
public sealed class PageTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KB")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(5368709120, "5 GB")]
    [InlineData(5905580032, "5.5 GB")]
    [InlineData(1099511627776, "1 TB")]
    [InlineData(long.MaxValue, "8 EB")]
    public void A_size_has_one_decimal_at_most(long bytes, string text) => Assert.Equal(text, SizeText.Of(bytes));

    [Theory]
    [InlineData(1288490189, 5368709120, "1.2")]
    [InlineData(0, 5368709120, "0")]
    // 10 MB of 5 GB would read "0".
    [InlineData(10485760, 5368709120, "10 MB")]
    public void A_part_is_in_the_unit_of_the_whole_unless_it_would_read_0(long part, long whole, string text) => Assert.Equal(text, SizeText.OfWhole(part, whole));

    [Theory]
    [InlineData("anna@xn--bcher-kva.example", "anna@bücher.example")]
    [InlineData("@example.org", "@example.org")]
    [InlineData("xn--bcher-kva.example", "bücher.example")]
    [InlineData("maria", "maria")]
    public void People_read_u_labels(string stored, string shown) => Assert.Equal(shown, AddressText.Name(stored));

    [Theory]
    // A slash comes through routing as "%2F"; a percent sign of the name itself comes decoded, in lower case.
    [InlineData("a%2Fb@example.org", "a/b@example.org")]
    [InlineData("a%2fb@example.org", "a%2fb@example.org")]
    [InlineData("anna@example.org", "anna@example.org")]
    public void A_route_names_any_local_part(string segment, string address) => Assert.Equal(address, AddressText.FromRoute(segment));

    [Fact]
    public void A_message_names_the_thing_as_a_link()
    {
        var message = StatusMessage.Naming("Mailbox {0} added.", "anna@example.org", "/mailboxes/anna@example.org");

        Assert.Equal(new StatusMessage("Mailbox ", "anna@example.org", "/mailboxes/anna@example.org", " added."), message);
    }

    [Fact]
    public void A_thing_that_is_gone_is_named_without_a_link()
    {
        Assert.Equal(new StatusMessage("Mailbox anna@example.org deleted.", null, null, ""), StatusMessage.Naming("Mailbox {0} deleted.", "anna@example.org", null));
    }

    [Fact]
    public void Links_of_a_list_keep_its_filter()
    {
        var query = new ListQuery { Text = " a&b ", State = "inactive", After = "x" };

        Assert.Equal("?q=a%26b&state=inactive&before=y@z", query.At(("before", "y@z")));
        Assert.Equal("?q=a%26b", query.WithState(StateFilter.All));
        Assert.Equal("?", new ListQuery { After = "x" }.At(null));
    }
}
