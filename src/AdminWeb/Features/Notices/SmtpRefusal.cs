using System.Net.Mail;
using System.Text;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Notices;

/// <summary>Why the mail server did not take a message.</summary>
/// <param name="IsFinal">Trying again is in vain: a 5yz reply (RFC 5321 section 4.2.1).</param>
/// <param name="IsOfServer">It is not about this message: the next one would wait, too.</param>
internal sealed record SmtpRefusal(string Reason, bool IsFinal, bool IsOfServer)
{
    public static SmtpRefusal Away(string reason) => new(reason, IsFinal: false, IsOfServer: true);

    public static SmtpRefusal Of(SmtpException refusal)
    {
        var code = (int)refusal.StatusCode;
        var reason = Line(refusal.InnerException?.Message ?? refusal.Message);
        // Without a code there was no reply. 421, 451 and 452: it is going down, cannot ask its tables, or has no room.
        return new SmtpRefusal(reason, IsFinal: code is >= 500 and < 600, IsOfServer: code is < 400 or 421 or 451 or 452);
    }

    // The reply comes from outside: one line of whole characters, as long as it is kept.
    private static string Line(string text) =>
        string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) ? new Rune(' ') : r).Take(Notice.MaxRefusal));
}
