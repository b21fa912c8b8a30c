using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Xunit;

namespace AdminPanel.Tests.Unit.Notices;

/// <summary>Messages of a few sentences and a link.</summary>
public sealed class LetterTests : IDisposable
{
    private const string Link = "https://panel.example.org/forgotten/new?link=1.ab&x=\"";

    private readonly ServiceProvider services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public void A_link_stands_alone_once_in_the_text_and_is_one_in_HTML()
    {
        var letter = Write("Hello Anna,", "en");

        Assert.Equal($"Hello Anna,\n\nbefore\n\n{Link}\n\nafter\n\nThe mail server wrote this message by itself.\n", letter.Text);
        Assert.Contains("<p><a href=\"https://panel.example.org/forgotten/new?link=1.ab&amp;x=&quot;\">https://panel.example.org/forgotten/new?link=1.ab&amp;x=&quot;</a></p>", letter.Html, StringComparison.Ordinal);
        Assert.Equal(2, letter.Html.Split("/forgotten/new").Length - 1);
    }

    [Fact]
    public void A_name_is_text_and_never_an_element()
    {
        var letter = Write("Hello <script>alert(1)</script>,", "en");

        Assert.StartsWith("Hello <script>alert(1)</script>,\n", letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", letter.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_ends_in_the_language_of_whoever_reads_it()
    {
        var letter = Write("Guten Tag,", "de");

        Assert.EndsWith("\n\nDiese Nachricht hat der Mailserver selbst geschrieben.\n", letter.Text, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html><html lang=\"de\">", letter.Html, StringComparison.Ordinal);
    }

    private Letter Write(string greeting, string language)
    {
        using var _ = Language.Use(language);
        return Letter.Of("subject", greeting, ["before"], Link, ["after"], services.GetRequiredService<IStringLocalizer<NoticesText>>());
    }
}
