namespace AdminPanel.Data.Model;

/// <summary>When the owner of a mailbox last signed in, by protocol; written by Dovecot (last_login) as <see cref="MailboxUsage"/> is.</summary>
public sealed class MailboxLogin
{
    public const string Imap = "imap";

    public const string Pop3 = "pop3";

    public required string Address { get; init; }

    /// <summary>Dovecot's word: <see cref="Imap"/>, <see cref="Pop3"/>.</summary>
    public required string Service { get; init; }

    /// <summary>Since 1970, UTC: the plugin writes nothing else.</summary>
    public long Seconds { get; init; }

    /// <summary>The later of two.</summary>
    public static DateTime? Latest(long? one, long? other) => Time(one is null || other > one ? other : one);

    public static DateTime? Time(long? seconds) => seconds is { } since ? DateTimeOffset.FromUnixTimeSeconds(since).UtcDateTime : null;
}
