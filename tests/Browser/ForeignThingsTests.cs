using System.Text.RegularExpressions;
using AdminPanel.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>
/// A domain admin types the address of somebody else's domain, mailbox, alias or admin into every page and sends every
/// form to it. The answer is that of a thing that does not exist, and nothing changes.
/// </summary>
[Collection("panel")]
public sealed partial class ForeignThingsTests(PanelsAndBrowser panels)
{
    // {d}: domain, {m}: mailbox, {a}: alias, {x}: alias domain, {l}: admin.
    private static readonly string[] Pages =
    [
        "/domains/{d}", "/domains/{d}/edit", "/domains/{d}/delete", "/domains/{d}/mailboxes", "/domains/{d}/mailboxes/add", "/domains/{d}/aliases",
        "/domains/{d}/aliases/add", "/mailboxes/{m}", "/mailboxes/{m}/password", "/mailboxes/{m}/rename", "/mailboxes/{m}/delete", "/aliases/{a}", "/aliases/{a}/delete",
        "/alias-domains/{x}", "/alias-domains/{x}/delete", "/admins/{l}", "/admins/{l}/password", "/admins/{l}/delete",
    ];

    private static readonly string[] Forms =
    [
        "/domains/{d}?handler=State", "/domains/{d}/edit", "/domains/{d}/delete", "/domains/{d}/mailboxes/add", "/domains/{d}/aliases/add",
        "/mailboxes/{m}", "/mailboxes/{m}?handler=State", "/mailboxes/{m}/password", "/mailboxes/{m}/rename", "/mailboxes/{m}/delete",
        "/mailboxes/{m}?handler=Grant", "/mailboxes/{m}?handler=Revoke",
        "/aliases/{a}", "/aliases/{a}?handler=State", "/aliases/{a}/delete", "/alias-domains/{x}?handler=State", "/alias-domains/{x}/delete",
        "/admins/{l}", "/admins/{l}/password", "/admins/{l}/delete",
    ];

    private static readonly Dictionary<string, string> Posted = new()
    {
        ["active"] = "false", ["Input.LocalPart"] = "intruder", ["Input.Password"] = PanelSeed.Password, ["Input.Destinations"] = "intruder@elsewhere.example",
        ["Input.ConfirmName"] = "customer-01.example", ["Input.Version"] = "1", ["Input.Plan"] = "", ["Input.Kind"] = "Superadmin", ["Input.NewAddress"] = "intruder@example.org", ["Grant.Sender"] = "intruder@example.org", ["Input.IsActive"] = "true",
    };

    [BrowserFact]
    public async Task Foreign_and_absent_things_are_the_same_to_a_domain_admin()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync(script: false);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, "dora");
        var token = await page.Locator("input[name=__RequestVerificationToken]").First.GetAttributeAsync("value");
        var before = await StoredAsync(panel);

        foreach (var path in Pages)
        {
            Assert.Equal((path, await AnswerAsync(context, panel.Url + Absent(path), null)), (path, await AnswerAsync(context, panel.Url + Foreign(path), null)));
        }
        foreach (var path in Forms)
        {
            Assert.Equal((path, await AnswerAsync(context, panel.Url + Absent(path), token)), (path, await AnswerAsync(context, panel.Url + Foreign(path), token)));
        }

        Assert.Equal(before, await StoredAsync(panel));
        await context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_form_without_its_token_changes_nothing()
    {
        var panel = await panels.FullAsync();
        var context = await panels.Browsers.NewContextAsync(script: false);
        var page = await context.NewPageAsync();
        await PanelsAndBrowser.SignInAsync(page, panel.Url, PanelsAndBrowser.Superadmin);
        var before = await StoredAsync(panel);

        foreach (var path in Forms.Select(Foreign).Concat(["/domains/add", "/alias-domains/add", "/admins/add"]))
        {
            var answer = await context.APIRequest.PostAsync(panel.Url + path, new() { Form = Filled(context, null), MaxRedirects = 0 });
            Assert.Equal((path, 400), (path, answer.Status));
        }

        Assert.Equal(before, await StoredAsync(panel));
        await context.CloseAsync();
    }

    private static string Foreign(string path) => path.Replace("{d}", "customer-01.example", StringComparison.Ordinal).Replace("{m}", "m1@customer-01.example", StringComparison.Ordinal)
        .Replace("{a}", $"info@{Uri.EscapeDataString(PanelSeed.LongDomain)}", StringComparison.Ordinal).Replace("{x}", "example.info", StringComparison.Ordinal).Replace("{l}", "maria", StringComparison.Ordinal);

    private static string Absent(string path) => path.Replace("{d}", "absent.example", StringComparison.Ordinal).Replace("{m}", "absent@example.org", StringComparison.Ordinal)
        .Replace("{a}", "absent@example.org", StringComparison.Ordinal).Replace("{x}", "absent.example", StringComparison.Ordinal).Replace("{l}", "absent", StringComparison.Ordinal);

    // Status and page, without the reference number that every answer has of its own.
    private static async Task<(int Status, string Page)> AnswerAsync(IBrowserContext context, string url, string? token)
    {
        var answer = token is null
            ? await context.APIRequest.GetAsync(url, new() { MaxRedirects = 0 })
            : await context.APIRequest.PostAsync(url, new() { Form = Filled(context, token), MaxRedirects = 0 });
        Assert.Equal((url, 404), (url, answer.Status));
        return (answer.Status, Reference().Replace(await answer.TextAsync(), "reference"));
    }

    private static IFormData Filled(IBrowserContext context, string? token)
    {
        var form = context.APIRequest.CreateFormData();
        foreach (var (name, value) in Posted) form.Set(name, value);
        if (token is not null) form.Set("__RequestVerificationToken", token);
        return form;
    }

    private static async Task<string> StoredAsync(PanelProcess panel) => await (await PrivateMariaDb.Shared).ExecuteAsync(
        """
        SELECT name, is_active, version FROM domains ORDER BY id; SELECT address, is_active FROM addresses ORDER BY id; SELECT version, password_hash FROM mailboxes ORDER BY id;
        SELECT version FROM aliases ORDER BY id; SELECT * FROM destinations ORDER BY address_id, address; SELECT login, kind, is_active, password_hash FROM accounts ORDER BY id
        """, panel.Database);

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Reference();
}
