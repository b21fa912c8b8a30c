using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace AdminPanel.Benchmarks;

/// <summary>Somebody in front of the sign-in page, from a network of their own.</summary>
internal sealed partial class OwnerVisit : IDisposable
{
    private readonly HttpClient http;
    private readonly string token;

    private OwnerVisit(HttpClient http, string token) => (this.http, this.token) = (http, token);

    public static async Task<OwnerVisit> OpenAsync(Uri panel, string source)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = panel, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", source);
        var page = await http.GetStringAsync(new Uri("sign-in", UriKind.Relative));
        return new OwnerVisit(http, AntiforgeryToken().Match(page).Groups["token"].Value);
    }

    /// <returns>Whether it was the right password, and the milliseconds to the end of the answer.</returns>
    public async Task<(bool IsIn, double Milliseconds)> SignInAsync(string login, string password)
    {
        using var form = new FormUrlEncodedContent([new("Input.Login", login), new("Input.Password", password), new("__RequestVerificationToken", token)]);
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync(new Uri("sign-in", UriKind.Relative), form);
        await answer.Content.ReadAsByteArrayAsync();
        var milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.OK ? (answer.StatusCode == HttpStatusCode.Redirect, milliseconds) : throw new InvalidOperationException($"{login}: {answer.StatusCode}");
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
