using System.Net;
using System.Text.RegularExpressions;

namespace AdminPanel.Tests.MailStack;

/// <summary>Somebody at the panel's pages without script: keeps cookies, follows redirects, sends forms as they stand there.</summary>
internal sealed partial class PanelVisitor(string panel) : IDisposable
{
    private const string Token = "__RequestVerificationToken";

    private readonly HttpClient client = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(panel) };

    public async Task<(HttpStatusCode Status, string Text)> OpenAsync(string path)
    {
        using var answer = await client.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Opens a page and sends its form, with what is hidden in it.</summary>
    public async Task<string> SubmitAsync(string path, params (string Name, string Value)[] typed)
    {
        var (_, page) = await OpenAsync(path);
        var fields = Hidden().Matches(page).Select(m => (Name: Of(m, "name"), Value: Of(m, "value"))).Where(f => f.Name.Length > 0).DistinctBy(f => f.Name).ExceptBy(typed.Select(t => t.Name), f => f.Name).Concat(typed);
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(path.Split('?')[0], content);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Opens a page and presses one of its buttons: what is sent is its token and what is named here.</summary>
    /// <param name="target">Where the button's form goes.</param>
    public async Task<HttpStatusCode> PressAsync(string path, string target, params (string Name, string Value)[] sent)
    {
        var (_, page) = await OpenAsync(path);
        var token = Hidden().Matches(page).First(m => Of(m, "name") == Token);
        using var content = new FormUrlEncodedContent([.. sent.Select(f => KeyValuePair.Create(f.Name, f.Value)), KeyValuePair.Create(Token, Of(token, "value"))]);
        using var answer = await client.PostAsync(target, content);
        return answer.StatusCode;
    }

    public void Dispose() => client.Dispose();

    private static string Of(Match input, string attribute) => WebUtility.HtmlDecode(Regex.Match(input.Value, $@"\s{attribute}=""([^""]*)""").Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
