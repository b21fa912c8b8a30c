using System.Net;
using System.Text.RegularExpressions;
using AdminPanel.Tests.Integration.Web;
using AngleSharp.Dom;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>Somebody of the matrix: the cookies and the form token of one sign-in, used anew for every question.</summary>
internal sealed partial class MatrixVisitor
{
    public const string TokenField = "__RequestVerificationToken";

    private readonly Panel panel;
    private readonly Dictionary<string, string> cookies;

    private MatrixVisitor(Panel panel, Browser browser, string token)
    {
        this.panel = panel;
        Token = token;
        cookies = new Dictionary<string, string>(browser.Cookies, StringComparer.Ordinal);
    }

    /// <summary>What makes a form this visitor's own.</summary>
    public string Token { get; }

    /// <param name="login">Null for a stranger.</param>
    public static async Task<MatrixVisitor> OfAsync(Panel panel, string? login)
    {
        var browser = login is null ? panel.Browser() : await panel.SignedInAsync(login);
        if (login is not null && (await browser.GetAsync("/sign-in/code")).Status == HttpStatusCode.OK)
        {
            // Used up at once, so the world is as it was.
            await panel.SqlAsync($"INSERT INTO recovery_codes (account_id, digest) VALUES ({MatrixWorld.OwnerAccount}, SHA2('eeeeffffgggghhhh', 256))");
            await browser.SubmitAsync("/sign-in/code", ("Input.Code", "eeee-ffff-gggg-hhhh"));
        }
        return Of(panel, browser, (await browser.GetAsync(login is null ? "/sign-in" : "/sign-out")).Page);
    }

    /// <param name="page">That the browser has open, with a form on it.</param>
    public static MatrixVisitor Of(Panel panel, Browser browser, IParentNode page) =>
        new(panel, browser, page.QuerySelector($"input[name={TokenField}]")!.GetAttribute("value")!);

    public Task<Answer> GetAsync(string path) => Browser().GetAsync(path);

    public Task<Answer> SendAsync(HttpRequestMessage request) => Browser().SendAsync(request);

    /// <summary>Sends a form with this visitor's own token.</summary>
    public Task<Answer> PostAsync(string path, IEnumerable<(string Name, string Value)> fields) =>
        PostWithAsync(Token, path, fields);

    /// <param name="token">Null for none.</param>
    public Task<Answer> PostWithAsync(string? token, string path, IEnumerable<(string Name, string Value)> fields) =>
        Browser().PostAsync(path, token is null ? [.. fields] : [.. fields, (TokenField, token)]);

    /// <summary>What this visitor's page would send to its handler: the strongest request that somebody else can copy.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> FormAsync(string path, string typed)
    {
        var overlay = typed.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => (Name: p[0], Value: p.ElementAtOrDefault(1) ?? "")).ToList();
        var (page, handler) = path.Split('?', 2) is [var place, var query] ? (place, query) : (path, "");
        var form = (await GetAsync(page)).Page.QuerySelectorAll("main form[method=post]")
            .FirstOrDefault(f => (f.GetAttribute("action") ?? "") is var action && (handler.Length > 0 ? action.Contains(handler, StringComparison.Ordinal) : !action.Contains("handler=", StringComparison.Ordinal)));
        var standing = form?.QuerySelectorAll("[name]").SelectMany(Web.Browser.Sent) ?? [];
        return [.. standing.Where(f => f.Name != TokenField && overlay.All(o => o.Name != f.Name)), .. overlay];
    }

    /// <summary>The status code; "goes-on" for a redirect after it was done, "sign-in" for one to the sign-in page.</summary>
    public static string Outcome(Answer answer) => answer.Status switch
    {
        HttpStatusCode.Redirect when answer.Location!.Contains("/sign-in?returnUrl=", StringComparison.Ordinal) => "sign-in",
        HttpStatusCode.Redirect => "goes-on",
        var status => ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The body without what differs between any two requests: reference, tokens, and the name that was asked for.</summary>
    public static string Body(Answer answer) => Tokens().Replace(answer.Text, "").Replace(answer.RequestId ?? "-", "", StringComparison.Ordinal)
        .Replace("absent.example", "own.example", StringComparison.Ordinal).Replace("/admins/absent", "/admins/carl", StringComparison.Ordinal);

    private Browser Browser()
    {
        var browser = panel.Browser();
        foreach (var (name, value) in cookies) browser.Cookies[name] = value;
        return browser;
    }

    [GeneratedRegex("value=\"CfDJ8[^\"]*\"")]
    private static partial Regex Tokens();
}
