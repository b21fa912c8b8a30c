using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>
/// `mailbox add --batch`: a mailbox a line of stdin, each in a transaction of its own, so that a wrong line holds up no
/// other. What fails outside ends the batch: the lines after it are not tried.
/// </summary>
internal sealed class MailboxBatch(Session session)
{
    public const string Format = "ADDRESS,PASSWORD,NAME,QUOTA";

    private readonly Result result = new([], []);

    public sealed record Added(int Line, string Address, string? GeneratedPassword);

    public sealed record Failed(int Line, string Field, string Code, string Message);

    /// <summary>What the whole batch did.</summary>
    public sealed record Result(List<Added> Added, List<Failed> Failed);

    /// <returns>The worst of the lines' exit statuses.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        using var stdin = new Stdin();
        var worst = ExitStatus.Done;
        for (var number = 1; worst < ExitStatus.OutsideFailed; number++)
        {
            var text = "";
            try
            {
                text = await stdin.ReadLineAsync(ct);
                if (text is null) break;
                if (!string.IsNullOrWhiteSpace(text)) worst = Math.Max(worst, await AddAsync(number, text, ct));
            }
            catch (Exception e) when (OutsideFault.Of(e, $"mailbox show {(text ?? "").Split(',')[0]}") is { } fault)
            {
                worst = Refuse(number, fault.Status, new Failed(number, "", fault.Status == ExitStatus.Unknown ? "Unknown" : "OutsideFailed", fault.Sentence));
                session.Output.PartFailed($"What follows line {number} was not tried.");
            }
        }
        session.Output.Done(result, r => $"Mailboxes added: {r.Added.Count}. Lines that failed: {r.Failed.Select(f => f.Line).Distinct().Count()}.");
        return worst;
    }

    private async Task<int> AddAsync(int number, string text, CancellationToken ct)
    {
        if (Fields(text) is not { Count: <= 4 } fields)
            return Refuse(number, ExitStatus.Refused, new Failed(number, "", "LineUnreadable", $"A line is {Format}, with quotes around what holds a comma."));

        var at = fields[0].LastIndexOf('@');
        if (at < 0) return Refuse(number, [new Problem("Address", nameof(AddressFault.NoAt), fields[0])]);

        var domain = fields[0][(at + 1)..];
        var input = MailboxCommands.Input(fields[0], at, fields.ElementAtOrDefault(3)) with
        {
            Password = fields.ElementAtOrDefault(1),
            GeneratesPassword = string.IsNullOrEmpty(fields.ElementAtOrDefault(1)),
            DisplayName = fields.ElementAtOrDefault(2),
        };
        await using var scope = session.Services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<CreateMailbox>().RunAsync(input, session.Actor, ct);
        return outcome.Match(
            saved =>
            {
                result.Added.Add(new Added(number, saved.Name, saved.GeneratedPassword));
                session.Output.Part(MailboxCommands.Sentence("Added", saved));
                return ExitStatus.Done;
            },
            problems => Refuse(number, problems),
            _ => Refuse(number, ExitStatus.Refused, new Failed(number, "", "Conflict", $"Somebody else changed {fields[0]} at the same moment.")),
            () => Refuse(number, ExitStatus.Refused, new Failed(number, "", "NotFound", $"There is no hosted domain {domain}.")));
    }

    private int Refuse(int number, IReadOnlyList<Problem> problems) =>
        Refuse(number, ExitStatus.Refused, [.. problems.Select(p => new Failed(number, p.Field, p.Code, ProblemSentence.Of(p)))]);

    private int Refuse(int number, int status, params IReadOnlyList<Failed> failures)
    {
        foreach (var failure in failures) session.Output.PartFailed($"Line {number}: {failure.Message}");
        result.Failed.AddRange(failures);
        return status;
    }

    // CSV as in RFC 4180, but for line ends inside quotes; null where a quote is not closed.
    private static List<string>? Fields(string line)
    {
        var (fields, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (isQuoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[i++]);
            else if (line[i] == '"' && (isQuoted || field.Length == 0)) isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted) (fields, field) = ([.. fields, field.ToString()], new StringBuilder());
            else field.Append(line[i]);
        }
        return isQuoted ? null : [.. fields, field.ToString()];
    }
}
