using AdminPanel.Web.Features.Filters;
using AdminPanel.Web.Features.Scripts;
using Xunit;

namespace AdminPanel.Tests.Unit.Scripts;

/// <summary>What a mailbox's script says of spam.</summary>
public sealed class SpamMarkTests
{
    [Theory]
    [InlineData(true, null, "header :is \"X-Spam\" \"Yes\"")]
    [InlineData(true, SpamMark.Never, "header :is \"X-Spam\" \"Yes\"")]
    [InlineData(true, 4, "anyof (header :is \"X-Spam\" \"Yes\", header :contains \"X-Spam-Level\" \"****\")")]
    [InlineData(true, 7, "header :contains \"X-Spam-Level\" \"*******\"")]
    [InlineData(false, 4, "header :is \"X-Spam\" \"Yes\"")]
    public void Spam_is_what_the_owner_calls_so_while_the_filter_is_ours(bool isOurs, int? from, string test) => Assert.Equal(test, new SpamMark(isOurs, from).Test);

    [Fact]
    public void The_decision_stands_last_and_only_where_there_is_one()
    {
        Assert.Null(new SpamMark(IsOurs: true, From: null).Decision);
        Assert.Null(new SpamMark(IsOurs: false, From: 4).Decision);
        Assert.Equal("addflag \"PanelInbox\";\n", new SpamMark(IsOurs: true, SpamMark.Never).Decision!.Text);
        var strict = new SpamMark(IsOurs: true, From: 8);
        var rule = new FilterRule { Name = "A", Conditions = [new(FilterPart.Spam, FilterTest.Is, null, null)], Delivery = FilterDelivery.Move, Folder = "Other" };

        Assert.Equal(
            """
            # Kept by the mail panel: what is changed here is lost.
            require ["fileinto", "imap4flags", "mailbox"];
            # A
            if header :contains "X-Spam-Level" "********" {
              fileinto :create "Other";
            }
            if header :contains "X-Spam-Level" "********" {
              addflag "PanelJunk";
            } else {
              addflag "PanelInbox";
            }

            """.ReplaceLineEndings("\r\n"),
            ScriptText.Render(FilterScript.Render([rule], strict), strict.Decision));
    }
}
