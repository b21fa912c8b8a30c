using Microsoft.Playwright;

namespace AdminPanel.Tests.Browser;

/// <summary>Listens to a window: what its pages complain about, and whether what they name exists.</summary>
public sealed class Watcher
{
    // Violations are counted before the page's own scripts run, and told to the console, which survives the next page.
    private const string Listen = "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.violatedDirective + ' ' + e.blockedURI))";

    private readonly List<string> complaints = [];

    public static async Task<Watcher> OfAsync(IBrowserContext context)
    {
        var watcher = new Watcher();
        await context.AddInitScriptAsync(Listen);
        context.Console += (_, message) => { if (message.Type is "error" or "warning") watcher.Add($"console: {message.Text}"); };
        context.WebError += (_, error) => watcher.Add($"script: {error.Error}");
        context.RequestFailed += (_, request) => { if (!IsLeft(request)) watcher.Add($"failed: {request.Url} {request.Failure}"); };
        context.Response += (_, response) => watcher.Look(response);
        return watcher;
    }

    /// <summary>Takes what was complained about since the last time.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (complaints)
        {
            string[] all = [.. complaints];
            complaints.Clear();
            return all;
        }
    }

    // The sign-in page asks for a passkey as it opens; whoever is quick has left it before the answer is there.
    private static bool IsLeft(IRequest request) => request.Failure == "net::ERR_ABORTED" && request.Url.EndsWith("/sign-in/passkey?handler=Ask", StringComparison.Ordinal);

    private void Add(string complaint)
    {
        lock (complaints) complaints.Add(complaint);
    }

    private void Look(IResponse response)
    {
        if (response.Request.ResourceType == "document") return;

        var isEmpty = response.Headers.TryGetValue("content-length", out var length) && length == "0";
        if (response.Status is >= 400 || (response.Status == 200 && isEmpty)) Add($"asset {response.Status}: {response.Url}{(isEmpty ? " is empty" : "")}");
    }
}
