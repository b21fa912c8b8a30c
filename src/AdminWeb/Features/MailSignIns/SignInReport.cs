using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>One sign-in that Dovecot or the panel accepted or refused.</summary>
/// <param name="Address">Whose it was meant to be; nobody may have it.</param>
/// <param name="Service">imap, pop3, sieve, smtp for submission, or panel.</param>
/// <param name="RemoteAddress">An IPv4 address, or the /64 of an IPv6 address.</param>
/// <param name="IsAccepted">The right password, for a protocol and from a network that the mailbox allows.</param>
/// <param name="AppPassword">The id of the app password that was used; null for the mailbox's own.</param>
public sealed record SignInReport(string Address, string Service, string RemoteAddress, bool IsAccepted, long? AppPassword = null)
{
    /// <summary>Of an owner at the panel; null where the request tells no place.</summary>
    public static SignInReport? AtPanel(string address, string? source, bool isAccepted) =>
        SignInTry.PlaceOf(source) is { } place ? new SignInReport(address, MailboxSignIn.Panel, place, isAccepted) : null;
}
