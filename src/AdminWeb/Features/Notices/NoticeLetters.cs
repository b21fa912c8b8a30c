using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.SelfService;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Notices;

/// <summary>A message that is due, and what it is written from.</summary>
/// <param name="State">Of the mailbox.</param>
/// <param name="WelcomeLanguage">Null where the domain greets nobody any more.</param>
/// <param name="OwnLanguage">What the owner chose to read the panel in; null where that was left to the browser.</param>
/// <param name="Recovery">The recovery address that is confirmed; null where there is none.</param>
internal sealed record DueNotice(
    long Id, NoticeKind Kind, DateTime CreatedAt, DateTime DueAt, int Failures, string? Refusal, long MailboxId, string Address, string? DisplayName, MailboxAccess Access, AddressState State,
    DateTime? ActiveFrom, string? WelcomeLanguage, string? Opening, string? OwnLanguage, string? Recovery, string? Detail)
{
    public string Word => Kind.ToString().ToLowerInvariant();
}

/// <summary>Whom a message goes to, and what it says.</summary>
internal sealed record Addressed(string To, Letter Letter);

/// <summary>Writes each kind of message, in the language of whoever reads it.</summary>
public sealed class NoticeLetters(AdminDb db, MailLinks links, PanelSettings panel, IStringLocalizer<NoticesText> words)
{
    /// <param name="values">The settings of the mail server.</param>
    /// <returns>Null where nobody expects the message any more.</returns>
    internal async Task<Addressed?> WriteAsync(DueNotice notice, Dictionary<string, string> values, CancellationToken ct)
    {
        if (notice.Kind == NoticeKind.Welcome) return notice.WelcomeLanguage is { } chosen ? new Addressed(notice.Address, Welcome(notice, chosen, values)) : null;
        if (notice.State != AddressState.Active) return null;

        var language = Language.Known(notice.OwnLanguage) ?? notice.WelcomeLanguage ?? Language.All[0].Name;
        return notice.Kind switch
        {
            NoticeKind.RecoveryLink => await LinkAsync(notice, MailLinkKind.Recovery, language, ct),
            NoticeKind.PasswordLink => await LinkAsync(notice, MailLinkKind.Password, language, ct),
            NoticeKind.PasswordChanged => notice.Recovery is { } to ? new Addressed(to, Changed(notice, language)) : null,
            NoticeKind.NewNetwork => new Addressed(notice.Recovery ?? notice.Address, NewNetwork(notice, language)),
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, null),
        };
    }

    private Letter Welcome(DueNotice notice, string language, Dictionary<string, string> values)
    {
        using var _ = Language.Use(language);
        return WelcomeLetter.Write(new Welcome(AddressText.Unicode(notice.Address), notice.DisplayName, notice.Opening, notice.Access, ClientServers.Read(values)), words);
    }

    private async Task<Addressed?> LinkAsync(DueNotice notice, MailLinkKind kind, string language, CancellationToken ct)
    {
        var now = db.UtcNow;
        if (await db.MailLinks.AsNoTracking().FirstOrDefaultAsync(l => l.MailboxId == notice.MailboxId && l.Kind == kind && l.ExpiresAt > now, ct) is not { } link) return null;

        using var _ = Language.Use(language);
        var address = AddressText.Unicode(notice.Address);
        return new Addressed(link.Address, Letter.Of(words[$"LinkSubject{kind}", address], Greeting(notice), [words[$"LinkOpening{kind}", address]], links.Url(link), [words[$"LinkClosing{kind}"]], words));
    }

    private Letter Changed(DueNotice notice, string language)
    {
        using var _ = Language.Use(language);
        var address = AddressText.Unicode(notice.Address);
        return Letter.Of(words["ChangedSubject", address], Greeting(notice), [words["ChangedOpening", address, At(notice)]], null, [words["ChangedClosing"]], words);
    }

    private Letter NewNetwork(DueNotice notice, string language)
    {
        using var _ = Language.Use(language);
        var (address, detail) = (AddressText.Unicode(notice.Address), (notice.Detail ?? "").Split(' ', 2));
        return Letter.Of(words["NetworkSubject", address], Greeting(notice), [words["NetworkOpening", address, detail[^1], words[$"Over.{detail[0]}"], At(notice)]], $"{panel.Url}/me/sign-ins", [words["NetworkClosing"]], words);
    }

    private static string At(DueNotice notice) => notice.CreatedAt.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private string Greeting(DueNotice notice) => notice.DisplayName is { } name ? words["GreetingTo", name] : words["Greeting"];
}
