using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.AspNetCore.Identity;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>Asks a browser for a passkey, a new one or one that is there. What it asks lasts for some minutes, for one answer.</summary>
public sealed class PasskeyQuestions(AdminDb db, IPasskeyHandler<Account> handler, UserManager<Account> users, CeremonySeal seal)
{
    // The panel's own address is configured: nothing is taken from the request.
    internal static HttpContext NoRequest => new DefaultHttpContext();

    /// <param name="account">Whose passkey is asked for; null where anybody's may answer.</param>
    public async Task<StartedCeremony> AskAsync(CeremonyPurpose purpose, Account? account)
    {
        var options = await handler.MakeRequestOptionsAsync(account, NoRequest);
        return await StartAsync(options.RequestOptionsJson, purpose, account, options.AssertionState!, name: null);
    }

    /// <param name="name">What its owner calls the new one.</param>
    public async Task<StartedCeremony> AskForNewAsync(Account account, string name)
    {
        var options = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = await users.GetUserIdAsync(account), Name = account.Name, DisplayName = account.Name }, NoRequest);
        return await StartAsync(options.CreationOptionsJson, CeremonyPurpose.Registration, account, options.AttestationState!, name);
    }

    private async Task<StartedCeremony> StartAsync(string options, CeremonyPurpose purpose, Account? account, string state, string? name)
    {
        var stamp = account is null ? null : await users.GetSecurityStampAsync(account);
        return new StartedCeremony(options, seal.Close(new Ceremony(purpose, account?.Id, stamp, state, db.UtcNow, name)));
    }
}
