using System.Text.RegularExpressions;
using AdminPanel.Tests.Support;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What a browser's script does with passkeys, done by hand: it asks, and sends what the device answers.</summary>
internal static partial class PasskeyFlows
{
    public const string Own = "/account/passkeys";
    public const string Add = "/account/passkeys/add";
    public const string Factor = "/account/second-factor";
    public const string Step = "/sign-in/code";
    public const string Door = "/sign-in/passkey";

    /// <summary>Adds a passkey with the password, and whatever else is shown.</summary>
    /// <returns>The last answer: of the first step where that was refused.</returns>
    public static async Task<Answer> AddPasskeyAsync(this Browser browser, SoftwareAuthenticator passkey, string name, params (string, string)[] shown)
    {
        var asked = await browser.PostAsync(Add, await browser.FormOfAsync(Add, [("Start.Name", name), ("Start.CurrentPassword", Panel.Password), .. shown]));
        return asked.Question() is { } question ? await browser.FinishAsync(passkey.Create(question)) : asked;
    }

    /// <summary>What the device is asked to make; null where the page does not ask.</summary>
    public static string? Question(this Answer answer) => answer.Page.QuerySelector("[data-passkey=create]")?.GetAttribute("data-options");

    public static async Task<Answer> FinishAsync(this Browser browser, string credential) =>
        await browser.PostAsync($"{Add}?handler=Finish", await browser.FormOfAsync(Own, ("Finish.Credential", credential)));

    /// <summary>What a passkey is asked by a page: the sign-in, its second step, or a page that wants a factor once more.</summary>
    public static async Task<string> AskAsync(this Browser browser, string path) => (await browser.PostAsync($"{path}?handler=Ask", await browser.FormOfAsync(path == Door ? "/sign-in" : path))).Text;

    public static async Task<Answer> SignInWithAsync(this Browser browser, SoftwareAuthenticator passkey) => await browser.AnswerAsync(passkey.Answer(await browser.AskAsync(Door)));

    public static async Task<Answer> AnswerAsync(this Browser browser, string answer) => await browser.PostAsync(Door, await browser.FormOfAsync("/sign-in", ("Input.Passkey", answer)));

    public static IReadOnlyList<string> RecoveryCodes(this Answer answer) => [.. RecoveryCode().Matches(answer.Text).Select(m => m.Value).Distinct()];

    public static async Task<Answer> RemovePasskeyAsync(this Browser browser, string id, params (string, string)[] shown) =>
        await browser.PostAsync($"{Own}/{id}/remove", await browser.FormOfAsync(Own, [("Input.CurrentPassword", Panel.Password), .. shown]));

    [GeneratedRegex("[a-z2-9]{4}(-[a-z2-9]{4}){3}(?![a-z2-9-])")]
    private static partial Regex RecoveryCode();
}
