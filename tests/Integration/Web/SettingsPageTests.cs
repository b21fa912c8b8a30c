using System.Net;
using AdminPanel.Tests.Support;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

public sealed class SettingsPageTests
{
    private const string Page = "/mail-server";
    private const string Secret = "A-secret.of-0123456789";

    [MariaDbFact]
    public async Task A_setting_is_chosen_on_the_page_and_goes_back_to_its_default_when_it_is_emptied()
    {
        await using var panel = await PanelAsync();
        var browser = await panel.SignedInAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, ("Input.HostName", "mail.example.org"), ("Input.HostRecipient", "admin@example.net"), ("Input.MessageSizeLimit", "20 MB"))).Status);
        Assert.Equal("20971520", await StoredAsync(panel, "message_size_limit"));
        var shown = await browser.GetAsync(Page);
        Assert.Equal("20 MB", shown.Page.QuerySelector<IHtmlInputElement>("#Input_MessageSizeLimit")!.Value);
        Assert.Contains("the default is 50 MB", shown.Page.QuerySelector("#Input_MessageSizeLimit-hint")!.TextContent, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(browser, ("Input.MessageSizeLimit", ""))).Status);
        Assert.Equal("", await StoredAsync(panel, "message_size_limit"));
        Assert.Equal("mail.example.org", await StoredAsync(panel, "host_name"));
    }

    /// <summary>What the host says wins: it is shown with its place, has no field, and a form that brings one is refused.</summary>
    [MariaDbFact]
    public async Task What_the_host_decides_is_read_only_and_says_where_it_stands()
    {
        await using var panel = await PanelAsync("--MailServer:message_size_limit=1048576", "--MailServer:mail_root=/srv/mail", $"--MailServer:postfix_password={Secret}");
        var browser = await panel.SignedInAsync();

        var shown = await browser.GetAsync(Page);

        Assert.Null(shown.Page.QuerySelector("[name='Input.MessageSizeLimit']"));
        Assert.Contains("1 MB", shown.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("--MailServer:message_size_limit, which wins", shown.Page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/srv/mail --MailServer:mail_root", Row(shown, "mail_root"));
        Assert.Equal("set --MailServer:postfix_password", Row(shown, "postfix_password"));
        Assert.Equal("not set not set", Row(shown, "dovecot_password"));
        Assert.DoesNotContain(Secret, shown.Text, StringComparison.Ordinal);

        var refused = await SaveAsync(browser, ("Input.HostName", "mail.example.org"), ("Input.HostRecipient", "admin@example.net"), ("Input.MessageSizeLimit", "20 MB"));
        Assert.Equal(HttpStatusCode.OK, refused.Status);
        Assert.Contains("is said by --MailServer:message_size_limit", refused.Page.QuerySelector(".problems")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("0", await panel.SqlAsync("SELECT COUNT(*) FROM settings WHERE `key` = 'host_name'"));
    }

    /// <summary>Somebody can write the table past the panel: the page says it is no value, and shows it as text.</summary>
    [MariaDbFact]
    public async Task A_value_that_somebody_wrote_into_the_table_is_shown_as_text_and_is_not_saved_again()
    {
        await using var panel = await PanelAsync();
        await panel.SqlAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', '\"><script>alert(1)</script>', UTC_TIMESTAMP(6))");
        var browser = await panel.SignedInAsync();

        var shown = await browser.GetAsync(Page);
        Assert.Equal("\"><script>alert(1)</script>", shown.Page.QuerySelector<IHtmlInputElement>("#Input_HostName")!.Value);
        Assert.Empty(shown.Page.QuerySelectorAll("main script"));

        Assert.Contains("Host name must be", (await SaveAsync(browser, ("Input.HostRecipient", "admin@example.net"))).Page.QuerySelector(".problems")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<Panel> PanelAsync(params string[] settings)
    {
        var panel = await Panel.StartAsync(settings);
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        return panel;
    }

    private static async Task<Answer> SaveAsync(Browser browser, params (string Name, string Value)[] typed)
    {
        var form = (await browser.GetAsync(Page)).Page.QuerySelector<IHtmlFormElement>("main form[method=post]")!;
        var standing = form.QuerySelectorAll("[name]").SelectMany(Browser.Sent).Where(f => typed.All(t => t.Name != f.Name));
        return await browser.PostAsync(Page, [.. standing, .. typed]);
    }

    private static Task<string> StoredAsync(Panel panel, string key) => panel.SqlAsync($"SELECT value FROM settings WHERE `key` = '{key}'");

    /// <summary>Value and origin, from the tables of what the host decides.</summary>
    private static string Row(Answer answer, string key) =>
        string.Join(' ', answer.Page.QuerySelectorAll("tr").Single(r => r.QuerySelector("th code")?.TextContent == key).QuerySelectorAll("td").Select(c => c.TextContent.Trim()));
}
