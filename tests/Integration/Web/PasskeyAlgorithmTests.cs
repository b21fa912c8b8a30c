using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;
using static AdminPanel.Tests.Integration.Web.PasskeyFlows;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// How passkeys sign. The attack: whoever knows the number and the owner of a passkey makes a signature without its key,
/// or has one that was made for another algorithm.
/// </summary>
public sealed class PasskeyAlgorithmTests
{
    private const string Sentence = "This passkey does not sign in here. Try another one, or another way.";

    /// <summary>Whatever is offered works; a device that can do nothing else would be of no use otherwise.</summary>
    [MariaDbFact]
    public async Task Each_that_is_offered_is_added_and_signs_in_and_forged_it_does_not()
    {
        await using var panel = await PasskeyTests.StartAsync();
        var offered = await OfferedAsync(panel);

        Assert.Equal(
            [CoseAlgorithm.RS512, CoseAlgorithm.RS384, CoseAlgorithm.RS256, CoseAlgorithm.PS512, CoseAlgorithm.PS384, CoseAlgorithm.PS256, CoseAlgorithm.ES512, CoseAlgorithm.ES384, CoseAlgorithm.ES256],
            offered.Order());
        // Where a device has several, the first one counts.
        Assert.Equal(CoseAlgorithm.ES256, offered[0]);
        foreach (var (algorithm, i) in offered.Select((a, i) => (a, i)))
        {
            var address = string.Create(CultureInfo.InvariantCulture, $"key{i}@example.org");
            var source = string.Create(CultureInfo.InvariantCulture, $"198.51.{i}.7");
            await panel.AddMailboxAsync(10 + i, address);
            using var passkey = new SoftwareAuthenticator(algorithm) { Count = 1 };
            await (await panel.SignedInAsync(address, source: source)).AddPasskeyAsync(passkey, algorithm.ToString());
            using var forged = passkey.Forged();

            Assert.Equal((algorithm, "/"), (algorithm, (await panel.Browser(source).SignInWithAsync(passkey)).Location));
            Assert.Equal((algorithm, HttpStatusCode.OK, Sentence), await RefusedAsync(forged));
            passkey.Spoils = true;
            Assert.Equal((algorithm, HttpStatusCode.OK, Sentence), await RefusedAsync(passkey));
            passkey.Spoils = false;
            passkey.Padding = algorithm.ToString()[0] switch { 'R' => RSASignaturePadding.Pss, 'P' => RSASignaturePadding.Pkcs1, _ => null };
            if (passkey.Padding is not null) Assert.Equal((algorithm, HttpStatusCode.OK, Sentence), await RefusedAsync(passkey));
            passkey.Padding = null;
            Assert.Equal((algorithm, "/"), (algorithm, (await panel.Browser(source).SignInWithAsync(passkey)).Location));
            Assert.Equal($"account.sign-in\t{address}", await panel.SqlAsync("SELECT action, subject FROM audit_entries ORDER BY id DESC LIMIT 1"));

            async Task<(CoseAlgorithm, HttpStatusCode, string)> RefusedAsync(SoftwareAuthenticator sender)
            {
                var browser = panel.Browser(source);
                var answer = await browser.SignInWithAsync(sender);
                Assert.Null(browser.Session);
                return (algorithm, answer.Status, answer.Problems);
            }
        }
    }

    /// <summary>.NET verifies no Ed25519: a device that makes such a key although it was not asked for one is refused with the reason.</summary>
    [MariaDbFact]
    public async Task Ed25519_is_not_offered_and_is_refused_with_the_reason()
    {
        await using var panel = await PasskeyTests.StartAsync();
        using var passkey = new SoftwareAuthenticator(CoseAlgorithm.EdDsa);
        var browser = await panel.SignedInAsync(Bob);

        Assert.DoesNotContain(CoseAlgorithm.EdDsa, await OfferedAsync(panel));
        var answer = await browser.AddPasskeyAsync(passkey, "Key");

        Assert.Equal("The passkey was not added: it signs in a way that this panel cannot check. Begin again with another device or password manager.", answer.Problems);
        Assert.Equal("0\t0", await panel.SqlAsync("SELECT (SELECT COUNT(*) FROM passkeys), (SELECT COUNT(*) FROM recovery_codes)"));
        Assert.Equal("/", (await panel.Browser().SignInAsync(Bob, Panel.Password)).Location);
    }

    private static async Task<IReadOnlyList<CoseAlgorithm>> OfferedAsync(Panel panel)
    {
        var browser = await panel.SignedInAsync(Panel.Login);
        var asked = await browser.PostAsync(Add, await browser.FormOfAsync(Add, ("Start.Name", "Phone"), ("Start.CurrentPassword", Panel.Password)));
        using var question = JsonDocument.Parse(asked.Question()!);
        return [.. question.RootElement.GetProperty("pubKeyCredParams").EnumerateArray().Select(p => (CoseAlgorithm)p.GetProperty("alg").GetInt32())];
    }
}
