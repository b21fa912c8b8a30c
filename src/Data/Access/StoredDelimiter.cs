using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Data.Access;

/// <summary>The recipient delimiter as it is chosen, and the mailboxes that are in the way of another one.</summary>
public static class StoredDelimiter
{
    public static async Task<RecipientDelimiter> RecipientDelimiterAsync(this AdminDb db, CancellationToken ct) =>
        RecipientDelimiter.Of(await db.Settings.Where(s => s.Key == RecipientDelimiter.Key).Select(s => s.Value).FirstOrDefaultAsync(ct));

    /// <summary>A mailbox that would get no mail any more, those in the recycle bin among them: they come back under their name.</summary>
    /// <returns>Its address; null where there is none.</returns>
    public static async Task<string?> MailboxCutByAsync(this AdminDb db, RecipientDelimiter delimiter, CancellationToken ct)
    {
        if (delimiter.Sign is not [var sign] || !LocalPart.MailboxCharacters.Contains(sign, StringComparison.Ordinal)) return null;

        var pattern = $"%\\{sign}%@%";
        var names = db.Mailboxes.Select(m => m.Entry!.Address).Concat(db.RecycledItems.Where(i => i.Kind == RecycledKind.Mailbox).Select(i => i.Name));
        return await names.Where(name => EF.Functions.Like(name, pattern)).OrderBy(name => name).FirstOrDefaultAsync(ct);
    }
}
