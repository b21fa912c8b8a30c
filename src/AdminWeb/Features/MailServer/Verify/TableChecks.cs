using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Explain;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer.Verify;

/// <summary>
/// Every lookup table executed by Postfix's own program, over the probes: no query fails, and each answer is what
/// `explain` says, which shares no SQL with the tables.
/// </summary>
internal sealed class TableChecks(Candidate candidate, ExplainAddress explain, Actor actor)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Of one table so many differences are told; a broken query differs everywhere.
    private const int Told = 20;

    private sealed record Question(string Table, string Key, string Said);

    /// <param name="live">Addresses; the one that nobody has in <paramref name="domain"/> among them.</param>
    /// <param name="hostile">Keys below <paramref name="domain"/> that nobody has.</param>
    /// <param name="asked">Gets how many keys each table was asked.</param>
    /// <returns>What is wrong: a query that fails, or an answer that is not what `explain` says.</returns>
    public async Task<IReadOnlyList<Problem>> RunAsync(IReadOnlyList<string> live, string domain, IReadOnlyList<byte[]> hostile, Dictionary<string, int> asked, CancellationToken ct)
    {
        var questions = (await SaidAsync(live, ct)).ToLookup(question => question.Table);
        var problems = new List<Problem>();
        foreach (var table in candidate.Tables)
        {
            var known = questions[table].ToDictionary(question => question.Key, StringComparer.Ordinal);
            asked[table] = known.Count + hostile.Count;
            // One alone first: where the query itself is wrong, Postfix waits a second for each key.
            var (answers, errors) = await AskAsync(table, [Encoding.UTF8.GetBytes(Probes.NobodyIn(domain))], ct);
            if (errors is null) (answers, errors) = await AskAsync(table, [.. known.Keys.Select(Encoding.UTF8.GetBytes), .. hostile], ct);
            if (errors is not null) problems.Add(new Problem(table, "VerifyTableFails", table, errors));
            else problems.AddRange([.. Unexpected(table, known, answers, domain).Take(Told), .. (await DifferencesAsync(table, known, answers, ct)).Take(Told)]);
        }
        return problems;
    }

    // A key that nobody has gets what the domain's catch-all gives to nobody. A grant may be for all of a domain, which is
    // a key of its own, and a domain is answered to whoever asks for it.
    private static IEnumerable<Problem> Unexpected(string table, Dictionary<string, Question> known, Dictionary<string, string> answers, string domain)
    {
        if (table is not ("plain_alias_maps" or "virtual_alias_maps" or "virtual_alias_maps_outside" or "virtual_mailbox_maps")) return [];

        var toNobody = known.GetValueOrDefault(Probes.NobodyIn(domain))?.Said ?? "";
        return answers.Where(answer => !known.ContainsKey(answer.Key) && answer.Value != toNobody).Select(answer => Differs(table, answer.Key, toNobody, answer.Value));
    }

    // What changed while we asked is asked once more, on both sides; what still differs, differs.
    private async Task<IReadOnlyList<Problem>> DifferencesAsync(string table, Dictionary<string, Question> known, Dictionary<string, string> answers, CancellationToken ct)
    {
        var differing = known.Values.Where(question => question.Said != answers.GetValueOrDefault(question.Key, "")).Select(question => question.Key).ToList();
        if (differing.Count == 0) return [];

        var again = (await SaidAsync([.. differing.Select(key => key.Contains('@', StringComparison.Ordinal) ? key : Probes.NobodyIn(key))], ct)).Where(question => question.Table == table).ToList();
        var (anew, errors) = await AskAsync(table, [.. again.Select(question => Encoding.UTF8.GetBytes(question.Key))], ct);
        if (errors is not null) return [new Problem(table, "VerifyTableFails", table, errors)];

        return [.. again.Where(question => question.Said != anew.GetValueOrDefault(question.Key, "")).Select(question => Differs(table, question.Key, question.Said, anew.GetValueOrDefault(question.Key, "")))];
    }

    private static Problem Differs(string table, string key, string said, string answered) =>
        new(table, "VerifyTableDiffers", table, key, said.Length == 0 ? "-" : said, answered.Length == 0 ? "-" : answered);

    private async Task<IReadOnlyList<Question>> SaidAsync(IReadOnlyList<string> addresses, CancellationToken ct)
    {
        var questions = new Dictionary<(string, string), Question>();
        foreach (var address in addresses)
        {
            foreach (var isOutside in (bool[])[true, false])
            {
                if (await explain.RunAsync(EmailAddress.Parse(address), isOutside, actor, ct) is not { } said) continue;

                foreach (var lookup in said.Steps.SelectMany(step => step.Lookups))
                {
                    Add(lookup.Table, lookup.Key, lookup.Answers);
                    // Postfix does not ask on, but the next table answers the same.
                    if (lookup is { Table: "plain_alias_maps", Answers.Count: > 0 }) Add(isOutside && lookup.Key == said.Address ? "virtual_alias_maps_outside" : "virtual_alias_maps", lookup.Key, lookup.Answers);
                }
                Add("smtpd_sender_login_maps", said.Address, said.Senders.Select(sender => sender.Login));
            }
        }
        return [.. questions.Values];

        void Add(string table, string key, IEnumerable<string> answers) => questions[(table, key)] = new Question(table, key, Set(answers));
    }

    /// <returns>By key what was answered; or, where a query failed, what Postfix said.</returns>
    private async Task<(Dictionary<string, string> Answers, string? Errors)> AskAsync(string table, IReadOnlyList<byte[]> keys, CancellationToken ct)
    {
        var input = keys.SelectMany(key => (byte[])[.. key, (byte)'\n']).ToArray();
        var answer = await Programs.RunAsync("postmap", ["-c", candidate.Postfix, "-q", "-", $"mysql:{candidate.TableFile(table)}"], Patience, ct, input);
        // Status 1 means that at least one key had no answer, and also that a query failed: the latter does not stay silent.
        var complaints = answer.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(Told).ToList();
        if (complaints.Count > 0) return ([], candidate.Plain(string.Join('\n', complaints)));

        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            answers[line[..tab]] = Set(line[(tab + 1)..].Split(','));
        }
        return (answers, null);
    }

    private static string Set(IEnumerable<string> answers) => string.Join(' ', answers.Distinct().Order(StringComparer.Ordinal));
}
