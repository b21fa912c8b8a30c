using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace AdminPanel.Benchmarks;

/// <summary>A browser of the benchmark: signed in, on connections that are kept alive.</summary>
internal sealed partial class PanelClient : IDisposable
{
    public const string Login = "bench@example.org";
    /// <summary>Of a mailbox that is in every seeded database; the password is the same.</summary>
    public const string Owner = "m5@big.example";
    public const string Password = "a long benchmark password";

    private readonly HttpClient http;
    private readonly CookieContainer cookies;

    private PanelClient(HttpClient http, CookieContainer cookies) => (this.http, this.cookies) = (http, cookies);

    public static async Task<PanelClient> SignInAsync(Uri panel, string login = Login)
    {
        var cookies = new CookieContainer();
        var client = new PanelClient(new HttpClient(new HttpClientHandler { CookieContainer = cookies, CheckCertificateRevocationList = true }) { BaseAddress = panel }, cookies);
        var page = await client.PostAsync("sign-in", new() { ["Input.Login"] = login, ["Input.Password"] = Password });
        return page != "/sign-in" ? client : throw new InvalidOperationException("The panel refused the benchmark's own sign-in.");
    }

    /// <summary>A whole page of somebody signed in, or an exception.</summary>
    public async Task GetAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (answer.RequestMessage!.RequestUri!.AbsolutePath == "/sign-in") throw new InvalidOperationException($"{path} asked to sign in.");
        if (bytes.Length < 1000) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{path} answered {bytes.Length} bytes."));
    }

    /// <summary>A connection that asks for one page again and again, as this browser.</summary>
    public Task<KeptConnection> OpenAsync(string path) => KeptConnection.OpenAsync(http.BaseAddress!, path, cookies.GetCookieHeader(http.BaseAddress!));

    /// <summary>Reads an answer of any length to its end and keeps nothing of it.</summary>
    public async Task DrainAsync(string path)
    {
        await using var rows = await http.GetStreamAsync(new Uri(path, UriKind.Relative));
        await rows.CopyToAsync(Stream.Null);
    }

    /// <summary>Fills in the form of a page and sends it.</summary>
    /// <returns>The path of the page that answered in the end.</returns>
    public async Task<string> PostAsync(string path, Dictionary<string, string> fields)
    {
        var page = await http.GetStringAsync(new Uri(path, UriKind.Relative));
        fields["__RequestVerificationToken"] = AntiforgeryToken().Match(page).Groups["token"].Value;
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return answer.RequestMessage!.RequestUri!.AbsolutePath;
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
