using System.Globalization;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// For each row of the table a domain of its own with its alias domain, the object that the row is about, and a
/// catch-all (but for "nothing") that must stay empty. One message is sent to each from another host.
/// </summary>
public sealed class ResolutionWorld<TStack> : IAsyncLifetime
    where TStack : IMailStack
{
    private const string Helpers = "resolution-helpers.example";
    private const string Elsewhere = "elsewhere.example.net";
    private readonly Dictionary<ResolutionCase, string> outcomes = [];

    /// <summary>"250 own=1 first=0 second=0 sent=0 caught=0": the answer to RCPT, and the copies that arrived.</summary>
    internal string OutcomeOf(ResolutionCase row) => outcomes[row];

    public async Task InitializeAsync()
    {
        var instance = await TStack.Instance;
        var data = new MailData().Domain(Helpers);
        foreach (var row in ResolutionCase.All) Add(data, row);
        await data.WriteAsync(instance);

        var answers = new Dictionary<ResolutionCase, int>();
        foreach (var row in ResolutionCase.All) answers[row] = await SendAsync(instance, row);
        Assert.Equal("", await instance.SettledQueueAsync());

        foreach (var row in ResolutionCase.All)
        {
            outcomes[row] = string.Create(CultureInfo.InvariantCulture,
                $"{answers[row]} own={Copies(instance, row, "own")} first={Copies(instance, row, "first")} second={Copies(instance, row, "second")} sent={instance.Sent($"out{row.Number}@{Elsewhere}").Count} caught={Copies(instance, row, "caught")}");
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static void Add(MailData data, ResolutionCase row)
    {
        var (n, domain) = (row.Number, $"r{row.Number}.example");
        data.Domain(domain, isActive: row.State != "domain-inactive").Domain("alias-" + domain, target: domain);
        foreach (var name in (string[])["first", "second", "caught"]) data.Mailbox($"{name}{n}@{Helpers}", $"r{n}/{name}");
        data.Mailbox($"dead{n}@{Helpers}", $"r{n}/dead", isActive: false);

        var isActive = row.State != "inactive";
        string[] forwards = [$"first{n}@{Helpers}", $"out{n}@{Elsewhere}"];
        switch (row.Owner)
        {
            case "mailbox":
                data.Mailbox("thing@" + domain, $"r{n}/own", isActive);
                break;
            case "forward":
                data.Mailbox("thing@" + domain, $"r{n}/own", isActive, keepsCopy: false, forwards: forwards);
                break;
            case "forward+copy":
                data.Mailbox("thing@" + domain, $"r{n}/own", isActive, keepsCopy: true, forwards: forwards);
                break;
            case "alias":
                data.Alias("thing@" + domain, [.. forwards, $"second{n}@{Helpers}", $"dead{n}@{Helpers}", $"nobody{n}@{Helpers}"], isActive);
                break;
        }
        if (row.Owner != "nothing") data.Alias("@" + domain, [$"caught{n}@{Helpers}"], isActive || row.Owner != "catch-all");
        if (row.State is "expired" or "scheduled" && row.Owner != "nothing")
            data.Dates(row.Owner == "catch-all" ? "@" + domain : "thing@" + domain, row.State == "scheduled" ? 1 : null, row.State == "expired" ? -1 : null);
    }

    private static async Task<int> SendAsync(TrialInstance instance, ResolutionCase row)
    {
        var domain = $"r{row.Number}.example";
        var to = row.Way switch
        {
            "exact" => "thing@" + domain,
            "+extension" => "thing+news@" + domain,
            "alias-domain" => "thing@alias-" + domain,
            "alias-domain+extension" => "thing+news@alias-" + domain,
            _ => throw new InvalidOperationException(row.Way),
        };
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        return (await smtp.SendAsync("somebody@example.net", to, $"Subject: case {row.Number}\n\nHello.\n")).Code;
    }

    private static int Copies(TrialInstance instance, ResolutionCase row, string name) => instance.Delivered($"r{row.Number}/{name}").Count;
}
