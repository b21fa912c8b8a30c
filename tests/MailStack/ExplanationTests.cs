using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AdminPanel.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// What `explain` says of thousands of addresses beside what Postfix and Dovecot did with a message to each: the answer
/// to RCPT and to the message, every mailbox and every other host that got a copy, and what came back.
/// </summary>
public abstract partial class ExplanationTests<TStack>(ExplainedWorlds<TStack> worlds, ITestOutputHelper output) : IClassFixture<ExplainedWorlds<TStack>>
    where TStack : IMailStack
{
    [StackFact]
    public async Task What_explain_says_is_what_the_daemons_do()
    {
        var said = worlds.Explanations.Select(Said).ToList();
        var done = await DoneAsync(await TStack.Instance, worlds.Worlds);

        var differences = worlds.Worlds.Recipients.Select((r, n) => (r, Said: said[n], Done: done[n])).Where(c => c.Said != c.Done).Select(c => $"{c.r}: said {c.Said}, done {c.Done}").ToList();
        output.WriteLine($"{said.Count} addresses, of which {done.Count(d => d.StartsWith("250", StringComparison.Ordinal))} taken and {done.Count(d => d.StartsWith("451", StringComparison.Ordinal))} in circles");
        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(20))}");
        Assert.Contains(done, d => d.StartsWith("451", StringComparison.Ordinal));
        Assert.Contains(done, d => d.EndsWith("back", StringComparison.Ordinal));
    }

    [StackFact]
    public async Task Every_lookup_table_answers_what_explain_says()
    {
        var instance = await TStack.Instance;
        var lookups = worlds.Explanations.SelectMany(e => e.GetProperty("steps").EnumerateArray()).SelectMany(s => s.GetProperty("lookups").EnumerateArray())
            .Select(l => (Table: Text(l, "table"), Key: Text(l, "key"), Answers: Set(l.GetProperty("answers").EnumerateArray().Select(a => a.GetString()!)))).Distinct()
            .Concat(worlds.Explanations.Select(e => (Table: "smtpd_sender_login_maps", Key: Text(e, "address"), Answers: Set(e.GetProperty("senders").EnumerateArray().Select(s => Text(s, "login"))))).Distinct()).ToList();

        var differences = new List<string>();
        foreach (var table in lookups.GroupBy(l => l.Table))
        {
            var answers = await new LookupTable(instance, table.Key).AskAllAsync(table.Select(l => l.Key));
            differences.AddRange(table.Select(l => (l.Key, Said: l.Answers, Answered: Set(answers.GetValueOrDefault(l.Key) ?? []))).Where(l => l.Said != l.Answered).Select(l => $"{table.Key} {l.Key}: said {l.Said}, answered {l.Answered}"));
        }

        output.WriteLine(string.Join(", ", lookups.GroupBy(l => l.Table).Select(t => $"{t.Key} {t.Count()}")));
        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(20))}");
        Assert.Superset(new HashSet<string> { "plain_alias_maps", "virtual_mailbox_domains", "virtual_alias_maps", "virtual_alias_maps_outside", "virtual_mailbox_maps", "smtpd_sender_login_maps" }, lookups.Select(l => l.Table).ToHashSet());

        static string Set(IEnumerable<string> answers) => string.Join(' ', answers.Distinct().Order(StringComparer.Ordinal));
        static string Text(JsonElement e, string name) => e.GetProperty(name).GetString()!;
    }

    private static string Said(JsonElement e)
    {
        var reply = e.GetProperty("reply").GetInt32();
        if (e.GetProperty("outcome").GetString() is "circle" or "too_many") return "451";
        if (reply != 250) return reply.ToString(CultureInfo.InvariantCulture);

        var endings = e.GetProperty("endings").EnumerateArray().Select(x => (Kind: x.GetProperty("kind").GetString(), Address: x.GetProperty("address").GetString()!, Home: x.GetProperty("home").GetString())).ToList();
        var copies = endings.Where(x => x.Kind is "mailbox" or "elsewhere").Select(x => x.Home ?? x.Address).Distinct().Order(StringComparer.Ordinal);
        return $"250 {string.Join(' ', copies)}{(endings.Any(x => x.Kind == "bounce") ? " back" : "")}";
    }

    private static async Task<List<string>> DoneAsync(TrialInstance instance, GeneratedWorlds worlds)
    {
        var codes = new int[worlds.Recipients.Count];
        // smtpd_soft_error_limit: a client with more refusals than 10 is made to wait.
        await Parallel.ForEachAsync(worlds.Recipients.Select((r, n) => (r, n)).Chunk(10), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (part, _) =>
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            foreach (var (recipient, number) in part) codes[number] = (await smtp.SendAsync($"sender{number}@back.example.net", recipient, $"Subject: probe {number}.\n\nHello.\n")).Code;
        });
        await instance.SettledQueueAsync();

        var copies = new Dictionary<int, SortedSet<string>>();
        foreach (var home in worlds.Homes.Values) Collect(home, instance.Delivered(home));
        var back = new HashSet<int>();
        foreach (var message in Directory.GetFiles(instance.Outbox, "*.eml").Select(File.ReadAllText))
        {
            var to = EnvelopeTo().Match(message).Groups[1].Value;
            if (Sender().Match(to) is { Success: true } sender) back.Add(int.Parse(sender.Groups[1].Value, CultureInfo.InvariantCulture));
            else Collect(to, [message]);
        }
        return [.. codes.Select((code, n) => code == 250 ? $"250 {string.Join(' ', copies.GetValueOrDefault(n) ?? [])}{(back.Contains(n) ? " back" : "")}" : code.ToString(CultureInfo.InvariantCulture))];

        void Collect(string place, IReadOnlyList<string> messages)
        {
            foreach (var number in messages.Select(m => Probe().Match(m)).Where(m => m.Success).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)))
            {
                if (!copies.TryGetValue(number, out var places)) copies[number] = places = new SortedSet<string>(StringComparer.Ordinal);
                places.Add(place);
            }
        }
    }

    [GeneratedRegex(@"^Subject: probe (\d+)\.", RegexOptions.Multiline)]
    private static partial Regex Probe();

    [GeneratedRegex(@"^X-Envelope-To: (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex EnvelopeTo();

    [GeneratedRegex(@"\Asender(\d+)@back\.example\.net\z")]
    private static partial Regex Sender();
}
