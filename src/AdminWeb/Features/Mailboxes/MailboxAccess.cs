using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>How the owner of a mailbox may reach it.</summary>
/// <param name="Networks">The only networks to sign in from, separated by commas; null is everywhere.</param>
public sealed record MailboxAccess(bool Imap, bool Pop3, bool Smtp, bool Sieve, string? Networks)
{
    /// <summary>More would not fit Dovecot's answer, and nobody could keep an eye on them.</summary>
    public const int MaxNetworks = 40;

    public static readonly MailboxAccess Everything = new(true, true, true, true, null);

    private static readonly char[] Separators = ['\n', '\r', ',', ';', ' ', '\t'];

    public bool Allows(ClientProtocol protocol) => protocol switch
    {
        ClientProtocol.Imap => Imap,
        ClientProtocol.Pop3 => Pop3,
        ClientProtocol.Smtp => Smtp,
        ClientProtocol.Sieve => Sieve,
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, null),
    };

    internal static MailboxAccess Of(Mailbox mailbox) =>
        new(mailbox.AllowsImap, mailbox.AllowsPop3, mailbox.AllowsSmtp, mailbox.AllowsSieve, mailbox.AllowedNetworks);

    internal void ApplyTo(Mailbox mailbox) =>
        (mailbox.AllowsImap, mailbox.AllowsPop3, mailbox.AllowsSmtp, mailbox.AllowsSieve, mailbox.AllowedNetworks) = (Imap, Pop3, Smtp, Sieve, Networks);

    /// <summary>Networks as people type them, as Dovecot reads them: each once, in order. What is wrong goes to <paramref name="reading"/>.</summary>
    internal static string? ReadNetworks(Reading reading, string field, string? text)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var part in (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (ClientNetwork.TryParse(part, out var network, out var fault)) found.Add(network!.ToString());
            else reading.Add(new Problem(field, fault == NetworkFault.PrefixTooLong ? "NetworkPrefixTooLong" : "NetworkUnreadable", part));
        }
        if (found.Count > MaxNetworks) reading.Add(new Problem(field, "TooManyNetworks", MaxNetworks));
        return found.Count == 0 ? null : string.Join(',', found);
    }
}
