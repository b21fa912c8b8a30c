using System.Security.Cryptography;

namespace AdminPanel.Web.Features.Mailboxes;

/// <summary>
/// The directory of a mailbox below the mail root, ab/cd/abcd...: 128 random bits, so that a re-created address never
/// finds its predecessor's mail. Two levels of 256 keep each directory short with millions of mailboxes.
/// </summary>
internal static class MailboxHome
{
    public static string New()
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        return $"{id[..2]}/{id[2..4]}/{id}";
    }
}
