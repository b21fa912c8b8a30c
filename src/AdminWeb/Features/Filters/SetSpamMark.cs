using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Filters;

/// <summary>Says from how many points of the spam filter a mailbox's mail goes to Junk: by its owner, or by an admin for the owner.</summary>
public sealed class SetSpamMark(AdminDb db, KeepScript scripts)
{
    /// <summary>As somebody types that nothing goes to Junk.</summary>
    public const string Never = "never";

    /// <summary>As somebody types that the server says.</summary>
    public const string Server = "server";

    public sealed record Input
    {
        public long MailboxId { get; init; }

        /// <summary>A number of points, <see cref="Never"/>, or <see cref="Server"/> or nothing.</summary>
        public string? From { get; init; }
    }

    /// <summary>What is stored, as a form has it.</summary>
    public static string Text(SpamMark mark) => mark.From switch
    {
        null => Server,
        SpamMark.Never => Never,
        { } points => points.ToString(CultureInfo.InvariantCulture),
    };

    public async Task<Outcome<Saved>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        var outcome = await db.InTransactionAsync(token => SetAsync(input, actor, token), duplicate: null, ct);
        if (outcome is Outcome<Saved>.Done) await scripts.OfMailboxAsync(input.MailboxId, ct);
        return outcome;
    }

    private async Task<Outcome<Saved>> SetAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (await db.LockKeptMailboxAsync(input.MailboxId, actor, OwnerRights.Filters, ct) is not { } mailbox) return Outcome.NotFound<Saved>();
        if (!TryRead(input.From, out var from)) return Outcome.Refused<Saved>([new Problem(nameof(Input.From), "SpamFromShape", SpamMark.Least, SpamMark.Most)]);

        if (mailbox.SpamFrom != from)
        {
            db.Audit(actor, "mailbox.set-spam-mark", mailbox.Entry!.Address, mailbox.Entry.DomainId, new { mailbox.SpamFrom }, new { SpamFrom = from });
            mailbox.SpamFrom = from;
            db.AskScript(mailbox);
            db.MarkChanged(mailbox);
        }
        return Outcome.Done(new Saved(mailbox.Id, mailbox.Entry!.Address));
    }

    private static bool TryRead(string? text, out int? from)
    {
        from = text?.Trim() switch
        {
            null or "" or Server => null,
            Never => SpamMark.Never,
            var typed => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var points) && points >= SpamMark.Least ? points : -1,
        };
        return from is null or SpamMark.Never or (>= SpamMark.Least and <= SpamMark.Most);
    }
}
