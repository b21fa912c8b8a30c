namespace AdminPanel.Tests.Support;

/// <summary>A server's answer: the code, and all of its lines without it.</summary>
public sealed record SmtpReply(int Code, string Text)
{
    public bool IsPositive => Code is >= 200 and < 400;

    /// <summary>As in "550 5.1.1 ..."; what a failed assertion shows.</summary>
    public override string ToString() => $"{Code} {Text}";
}
