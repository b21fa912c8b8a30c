using System.CommandLine;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Explain;

/// <summary>`explain ADDRESS`.</summary>
internal static class ExplainCommand
{
    public static Command Create(string[] settings)
    {
        var address = new Argument<string?>("ADDRESS") { Description = "A recipient, as it is written on an envelope.", Arity = ArgumentArity.ZeroOrOne };
        var isInside = new Option<bool>("--signed-in") { Description = "For mail that somebody sends who has signed in; else for what another host offers." };
        var sender = new Option<string?>("--sender") { Description = "The mailbox that would use ADDRESS as its sender: may it, and why not?", HelpName = "LOGIN" };
        var isBatch = new Option<bool>("--batch") { Description = "Explain the addresses on stdin, one a line." };
        var explain = new Command("explain", "Say what becomes of mail for an address, step by step, where it ends, and who may send as it.") { address, isInside, sender, isBatch };
        explain.Validators.Add(result =>
        {
            if (result.GetValue(isBatch) == (result.GetValue(address) is not null)) result.AddError("Name one address, or give --batch and addresses on stdin.");
        });
        explain.Runs(settings, (session, parsed, ct) =>
            parsed.GetValue(isBatch) ? BatchAsync(session, !parsed.GetValue(isInside), ct) : OneAsync(session, parsed.GetValue(address)!, !parsed.GetValue(isInside), parsed.GetValue(sender), ct));
        return explain;
    }

    private static async Task<int> OneAsync(Session session, string text, bool isOutside, string? sender, CancellationToken ct)
    {
        if (sender is not null && !EmailAddress.TryParse(sender, out _)) return session.NotFound($"mailbox {sender}");

        return await FindAsync(session, text, isOutside, ct, sender) is { } explanation ? session.Output.Done(explanation, Text) : session.NotFound($"address {text}");
    }

    private static async Task<int> BatchAsync(Session session, bool isOutside, CancellationToken ct)
    {
        var explanations = new List<Explanation>();
        using var stdin = new Stdin();
        while (await stdin.ReadLineAsync(ct) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (await FindAsync(session, line, isOutside, ct) is not { } explanation) return session.NotFound($"address {line.Trim()}");

            explanations.Add(explanation);
        }
        return session.Output.Done(explanations, all => string.Join("\n\n", all.Select(Text)));
    }

    private static async Task<Explanation?> FindAsync(Session session, string text, bool isOutside, CancellationToken ct, string? sender = null) =>
        EmailAddress.TryParse(text, out var address) ? await session.Get<ExplainAddress>().RunAsync(address, isOutside, session.Actor, ct, sender is null ? null : EmailAddress.Parse(sender)) : null;

    private static string Text(Explanation e)
    {
        List<string> lines = [ExplainSentence.Verdict(e)];
        foreach (var step in e.Steps)
        {
            lines.Add("");
            lines.Add(step.Address == ExplainScope.Hidden ? step.Address : AddressText.Unicode(step.Address));
            lines.AddRange(ExplainSentence.Of(step).Select(s => "  " + s));
        }
        lines.Add("");
        lines.AddRange(e.Endings.Select(ExplainSentence.Of));
        lines.AddRange(e.Senders.Select(ExplainSentence.Of));
        if (e.Sender is { } sender) lines.Add(ExplainSentence.Of(sender, e.Address));
        return string.Join('\n', lines).TrimEnd();
    }
}
