using System.Globalization;
using System.Resources;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Explain;

/// <summary>An explanation as people read it, in the language of the request or of the command line.</summary>
internal static class ExplainSentence
{
    /// <summary>Addresses of one sentence that are named; of the others it says how many.</summary>
    private const int Most = 10;

    private static readonly ResourceManager Words = new(typeof(ExplainText));

    /// <summary>What RCPT is answered, and why; and what becomes of the message.</summary>
    public static string Verdict(Explanation e)
    {
        var address = AddressText.Unicode(e.Address);
        return e switch
        {
            { Reply: 452 } => Of("VerdictFull", address),
            { IsTaken: false } => $"{Of("VerdictRefused", address, e.Reply)} {Why(e.Silence)}",
            { Outcome: ExplainOutcome.Circle } => Of("VerdictCircle", address),
            { Outcome: ExplainOutcome.TooMany } => Of("VerdictTooMany", address, Aliases.Expansion.Limit),
            { Endings: [{ Kind: EndingKind.Bounce }] } => Of("VerdictBounces", address),
            _ => Of("VerdictTaken", address),
        };
    }

    /// <summary>A step, sentence by sentence.</summary>
    public static IReadOnlyList<string> Of(ExplainStep step)
    {
        if (step.Address == ExplainScope.Hidden) return [Of("Hidden")];

        var domain = step.Address[(step.Address.LastIndexOf('@') + 1)..];
        var name = AddressText.Name(domain);
        List<string> sentences = [step.DomainKind is { } kind ? Of($"Domain{kind}", name, AddressText.Name(step.TargetDomain ?? domain)) : Of("DomainNotOurs", name)];
        if (step.Owner is { } owner) sentences.Add(Of($"Owner{owner.Way}", Of($"Kind{(owner.IsGroup ? "Group" : owner.Kind)}"), AddressText.Unicode(owner.Address)));
        if (step.DomainKind is not null && step.Silence != Silence.None) sentences.Add(Why(step.Silence));

        var others = step.Answers.Where(a => a != step.Address).ToList();
        if (others.Count > 0) sentences.Add(Of(step.Answers.Count > others.Count ? "GoesOnAndStays" : "GoesOn", Names(others)));
        else if (step.Answers.Count > 0) sentences.Add(Of(step.DomainKind == Data.Model.DomainKind.Relay ? "GoesToNextHop" : "Stays"));
        sentences.AddRange(step.LeftOut.Take(Most).Select(l => Of("LeftOut", Name(l.Address), Why(l.Why))));
        return sentences;
    }

    public static string Of(Ending ending) => Of(
        ending is { Kind: EndingKind.Mailbox, QuotaBytes: null } ? "EndingMailboxWithoutLimit" : $"Ending{ending.Kind}",
        Name(ending.Address), SizeText.Of(ending.UsedBytes), SizeText.Of(ending.QuotaBytes ?? 0), ending.NextHop ?? AddressText.Name(ending.Address[(ending.Address.LastIndexOf('@') + 1)..]));

    public static string Of(SenderLogin sender) => Of($"Sender{sender.Right}", Name(sender.Login));

    public static string Of(SenderAnswer sender, string address) => Of($"MaySend{sender.Refusal}", Name(sender.Login), Name(address));

    public static string Why(Silence silence) => Of($"Silence{silence}");

    private static string Name(string address) => address == ExplainScope.Hidden ? address : AddressText.Unicode(address);

    private static string Names(List<string> addresses) =>
        string.Join(", ", addresses.Take(Most).Select(Name)) + (addresses.Count > Most ? " " + Of("AndMore", addresses.Count - Most) : "");

    private static string Of(string key, params object[] args) => string.Format(CultureInfo.CurrentCulture, Words.GetString(key, CultureInfo.CurrentUICulture)!, args);
}
