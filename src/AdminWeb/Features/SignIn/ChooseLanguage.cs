using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Shared;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Keeps the language that the actor reads the panel in with the account, so that every browser speaks it.</summary>
public sealed class ChooseLanguage(AdminDb db)
{
    public sealed record Input
    {
        /// <summary>Of one of <see cref="Language.All"/>; null leaves it to the browser.</summary>
        public string? Name { get; init; }
    }

    /// <returns>Whether it was another one before: what changes nothing is not written down.</returns>
    public async Task<Outcome<bool>> RunAsync(Input input, Actor actor, CancellationToken ct)
    {
        if (input.Name is not null && Language.Known(input.Name) is null) return Outcome.NotFound<bool>();

        return await db.InTransactionAsync(token => KeepAsync(input.Name, actor, token), duplicate: null, ct);
    }

    private async Task<Outcome<bool>> KeepAsync(string? name, Actor actor, CancellationToken ct)
    {
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == actor.AccountId, ct);
        if (account is null) return Outcome.NotFound<bool>();
        if (account.Language == name) return Outcome.Done(false);

        db.Audit(actor, "account.language", actor.Login, before: new { account.Language }, after: new { Language = name });
        account.Language = name;
        return Outcome.Done(true);
    }
}
