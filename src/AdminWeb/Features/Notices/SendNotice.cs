using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Serve;
using Microsoft.EntityFrameworkCore;
using Endpoint = AdminPanel.Web.Features.MailServer.Endpoint;

namespace AdminPanel.Web.Features.Notices;

/// <summary>
/// Hands messages to the mail server, each until it is taken. A panel that dies between that and its note of it sends
/// the message again, under the same Message-ID: twice is better than never.
/// </summary>
public sealed class SendNotice(AdminDb db, ServerSettings settings, NoticeLetters letters, ILogger<SendNotice> log)
{
    // Takes mail from this host alone, for every address.
    private const string Listener = "internal_smtp_listen";

    /// <summary>Tried so often, at last once an hour: three days.</summary>
    private const int MostFailures = 78;

    /// <summary>How long a mailbox may be inactive before nobody expects the message any more.</summary>
    private static readonly TimeSpan WaitsFor = TimeSpan.FromDays(30);

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Dialogue = TimeSpan.FromSeconds(30);

    /// <summary>Deals with the notice that has been due longest.</summary>
    public async Task<DueStep> RunAsync(CancellationToken ct)
    {
        var now = db.UtcNow;
        if (await NextAsync(now, ct) is not { } notice) return DueStep.NothingDue;
        // Another panel was faster.
        if (!await MoveAsync(notice, now + Lease, notice.Failures, notice.Refusal, ct)) return DueStep.DealtWith;

        notice = notice with { DueAt = now + Lease };
        var values = await settings.ReadAsync(ct);
        if (await letters.WriteAsync(notice, values, ct) is not { } message) await ForgetAsync(notice, ct);
        else if (notice.State != AddressState.Active) await AwaitActiveAsync(notice, now, ct);
        else if (await HandOverAsync(notice, message, values, ct) is { } refusal) return await AwaitServerAsync(notice, refusal, now, ct);
        else
        {
            await ForgetAsync(notice, ct);
            log.NoticeSent(notice.Word, notice.Address);
        }
        return DueStep.DealtWith;
    }

    private async Task<DueNotice?> NextAsync(DateTime now, CancellationToken ct) =>
        await db.Notices.Where(n => n.DueAt <= now).OrderBy(n => n.DueAt).Select(n => new DueNotice(
            n.Id, n.Kind, n.CreatedAt, n.DueAt!.Value, n.Failures, n.Refusal, n.MailboxId, n.Mailbox!.Entry!.Address, n.Mailbox.DisplayName,
            new MailboxAccess(n.Mailbox.AllowsImap, n.Mailbox.AllowsPop3, n.Mailbox.AllowsSmtp, n.Mailbox.AllowsSieve, n.Mailbox.AllowedNetworks),
            AddressStates.At(now, n.Mailbox.Entry.IsActive, n.Mailbox.Entry.ActiveFrom, n.Mailbox.Entry.ActiveUntil, n.Mailbox.Entry.Domain!.IsActive),
            n.Mailbox.Entry.ActiveFrom, n.Mailbox.Entry.Domain.WelcomeLanguage, n.Mailbox.Entry.Domain.WelcomeText,
            db.Accounts.Where(a => a.MailboxId == n.MailboxId).Select(a => a.Language).FirstOrDefault(),
            n.Mailbox.RecoveryAddress == n.Mailbox.ConfirmedRecoveryAddress ? n.Mailbox.RecoveryAddress : null, n.Detail)).FirstOrDefaultAsync(ct);

    /// <summary>Null: the mail server has it. Else why not.</summary>
    private static async Task<SmtpRefusal?> HandOverAsync(DueNotice notice, Addressed letter, Dictionary<string, string> values, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Dialogue);
        try
        {
            var listener = SettingCatalogue.Find(Listener)!;
            if (!listener.Accepts(values[Listener]) || !Endpoint.TryParse(values[Listener], out var smtp)) return SmtpRefusal.Away($"{Listener} must be {listener.Wanted}.");

            using var message = Message(notice, letter);
            using var client = new SmtpClient(smtp.Address!.ToString(), smtp.Port);
            await client.SendMailAsync(message, patience.Token);
            return null;
        }
        catch (SmtpException e)
        {
            return SmtpRefusal.Of(e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return SmtpRefusal.Away($"No answer within {Dialogue.TotalSeconds} seconds.");
        }
    }

    // Local parts of mailboxes and of recovery addresses are ASCII, and domains are stored in A-labels: no header needs SMTPUTF8.
    private static MailMessage Message(DueNotice notice, Addressed addressed)
    {
        var letter = addressed.Letter;
        var domain = notice.Address[(notice.Address.LastIndexOf('@') + 1)..];
        // RFC 5321 section 4.5.1: every domain that takes mail has this address. Quoted-printable: no line is too long, none begins with a dot.
        var message = new MailMessage($"postmaster@{domain}", addressed.To)
        {
            Subject = letter.Subject, SubjectEncoding = Encoding.UTF8,
            Body = letter.Text.Replace("\n", "\r\n", StringComparison.Ordinal), BodyEncoding = Encoding.UTF8, BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        var html = AlternateView.CreateAlternateViewFromString(letter.Html, Encoding.UTF8, MediaTypeNames.Text.Html);
        html.TransferEncoding = TransferEncoding.QuotedPrintable;
        message.AlternateViews.Add(html);
        message.Headers.Add("Message-ID", $"<{notice.Word}.{notice.Id}.{notice.CreatedAt:yyyyMMddHHmmssffffff}@{domain}>");
        // RFC 3834: no vacation message answers it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task AwaitActiveAsync(DueNotice notice, DateTime now, CancellationToken ct)
    {
        var age = now - notice.CreatedAt;
        if (notice.State == AddressState.Scheduled && notice.ActiveFrom is { } from) await MoveAsync(notice, from, notice.Failures, notice.Refusal, ct);
        else if (age > WaitsFor) await ForgetAsync(notice, ct);
        // The longer it waits, the less often it is looked at.
        else await MoveAsync(notice, now + TimeSpan.FromMinutes(Math.Clamp(age.TotalMinutes / 10, 1, 720)), notice.Failures, notice.Refusal, ct);
    }

    private async Task<DueStep> AwaitServerAsync(DueNotice notice, SmtpRefusal refusal, DateTime now, CancellationToken ct)
    {
        var failures = notice.Failures + 1;
        if (refusal.IsFinal || failures >= MostFailures)
        {
            await MoveAsync(notice, null, failures, refusal.Reason, ct);
            log.NoticeGivenUp(notice.Word, notice.Address, refusal.Reason);
        }
        else
        {
            // 1, 2, 4 ... 60 minutes.
            var dueAt = now.AddMinutes(Math.Min(60, Math.Pow(2, notice.Failures)));
            await MoveAsync(notice, dueAt, failures, refusal.Reason, ct);
            log.NoticeWaits(notice.Word, notice.Address, dueAt, refusal.Reason);
        }
        return refusal.IsOfServer ? DueStep.ServerAway : DueStep.DealtWith;
    }

    /// <summary>False where somebody else has moved it.</summary>
    private async Task<bool> MoveAsync(DueNotice notice, DateTime? dueAt, int failures, string? refusal, CancellationToken ct) =>
        await db.Notices.Where(n => n.Id == notice.Id && n.DueAt == notice.DueAt).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.DueAt, dueAt).SetProperty(n => n.Failures, failures).SetProperty(n => n.Refusal, refusal), ct) == 1;

    private Task<int> ForgetAsync(DueNotice notice, CancellationToken ct) => db.Notices.Where(n => n.Id == notice.Id).ExecuteDeleteAsync(ct);
}
