using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Mailboxes;

namespace AdminPanel.Web.Features.Jobs;

/// <summary>The jobs that let owners of mailboxes in by a protocol, or keep them out.</summary>
internal static class ProtocolSwitch
{
    /// <summary>Null for a job that does something else.</summary>
    public static Func<MailboxAccess, MailboxAccess>? Of(JobAction action) => action switch
    {
        JobAction.AllowImap => access => access with { Imap = true },
        JobAction.DenyImap => access => access with { Imap = false },
        JobAction.AllowPop3 => access => access with { Pop3 = true },
        JobAction.DenyPop3 => access => access with { Pop3 = false },
        JobAction.AllowSmtp => access => access with { Smtp = true },
        JobAction.DenySmtp => access => access with { Smtp = false },
        JobAction.AllowSieve => access => access with { Sieve = true },
        JobAction.DenySieve => access => access with { Sieve = false },
        _ => null,
    };
}
