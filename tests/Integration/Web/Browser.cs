using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What a panel answered.</summary>
public sealed record Answer(HttpStatusCode Status, HttpResponseMessage Message, string Text)
{
    public string? Location => Message.Headers.Location?.ToString();

    public string? RequestId => Header("X-Request-Id");

    public IHtmlDocument Page => new HtmlParser().ParseDocument(Text);

    /// <summary>The words of the page's problem summary, one problem a line.</summary>
    public string Problems => string.Join('\n', Page.QuerySelectorAll(".problems li").Select(p => p.TextContent.Trim()));

    public string Title => Page.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;
}

/// <summary>A browser without script: keeps cookies, follows nothing by itself, submits forms as they stand in the page.</summary>
public sealed partial class Browser(Uri address, string source)
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>The address the proxy says this browser has.</summary>
    public string Source { get; set; } = source;

    /// <summary>Accept-Language.</summary>
    public string Languages { get; init; } = "en";

    /// <summary>The cookie of the session, as the panel named it.</summary>
    public string? Session => Cookies.GetValueOrDefault("adminpanel-session");

    public Task<Answer> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields) => SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
    });

    /// <summary>Opens a page, fills in its only form in the main part, and sends it with whatever else stands in it.</summary>
    public async Task<Answer> SubmitAsync(string path, params (string Name, string Value)[] typed)
    {
        var page = await GetAsync(path);
        return await SubmitAsync(page, path, typed);
    }

    public Task<Answer> SubmitAsync(Answer page, string path, params (string Name, string Value)[] typed)
    {
        var form = page.Page.QuerySelector("main form[method=post]") as IHtmlFormElement
            ?? throw new InvalidOperationException($"{path} answered {page.Status} without a form: {page.Text}");
        var names = typed.Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var fields = form.QuerySelectorAll("[name]").Where(e => !names.Contains(e.GetAttribute("name")!)).SelectMany(Sent);
        return PostAsync(form.GetAttribute("action") is { Length: > 0 } action ? action : path, [.. fields, .. typed]);
    }

    public Task<Answer> SignInAsync(string login, string password, string path = "/sign-in") =>
        SubmitAsync(path, ("Input.Login", login), ("Input.Password", password));

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Add("X-Forwarded-For", Source);
        request.Headers.Add("Accept-Language", Languages);
        if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
        var response = await client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set) Keep(cookie);
        }
        return new Answer(response.StatusCode, response, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What a browser sends of a field that nobody touches, by no button.</summary>
    public static IEnumerable<(string Name, string Value)> Sent(IElement field) => field switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "button" or "file" } => [],
        IHtmlInputElement input => [(input.Name!, input.Value)],
        IHtmlTextAreaElement area => [(area.Name!, area.Value)],
        IHtmlSelectElement { Value: { } chosen } select => [(select.Name!, chosen)],
        _ => [],
    };

    private void Keep(string cookie)
    {
        var pair = cookie.Split(';')[0].Split('=', 2);
        if (Expired().IsMatch(cookie)) Cookies.Remove(pair[0]);
        else Cookies[pair[0]] = pair[1];
    }

    [GeneratedRegex("expires=Thu, 01 Jan 1970", RegexOptions.IgnoreCase)]
    private static partial Regex Expired();
}
