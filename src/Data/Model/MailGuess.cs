namespace AdminPanel.Data.Model;

/// <summary>A wrong password that was tried at a mail program's door, for as long as it counts. The same one tried again is the same row.</summary>
public sealed class MailGuess
{
    /// <summary>A digest of what is counted together: a login from everywhere, a login from one network, or a network.</summary>
    public required string Bucket { get; init; }

    /// <summary>A digest of login and some bits of the password: enough to tell two guesses apart, and to tell nobody what was tried.</summary>
    public required string Guess { get; init; }

    public DateTime SeenAt { get; set; }
}
