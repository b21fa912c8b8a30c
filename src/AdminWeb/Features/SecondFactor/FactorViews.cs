using AdminPanel.Data.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace AdminPanel.Web.Features.SecondFactor;

/// <summary>What the pages share that ask for a factor once more.</summary>
internal static class FactorViews
{
    private const string Key = "Factors";

    /// <summary>For _Factor.cshtml, which offers what the account has.</summary>
    public static ViewDataDictionary WithFactors(this ViewDataDictionary data, SecondFactorState state) => new(data) { [Key] = state };

    public static SecondFactorState Factors(this ViewDataDictionary data) => (SecondFactorState)data[Key]!;

    /// <summary>Lets this session go on with the account's new stamp, which ends all others; it still ends when it would have ended.</summary>
    public static async Task RefreshAsync(this SignInManager<Account> signIn, Account account)
    {
        if (await signIn.UserManager.FindByIdAsync(await signIn.UserManager.GetUserIdAsync(account)) is { } known) await signIn.RefreshSignInAsync(known);
    }
}
