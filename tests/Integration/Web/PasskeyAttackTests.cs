using System.Globalization;
using System.Net;
using AdminPanel.Tests.Support;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;
using static AdminPanel.Tests.Integration.Web.PasskeyFlows;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// The attacks: a page that looks like the panel passes answers on, somebody reads along and sends them again, has a copy
/// of a device, a key that was taken away or never given, or a session that was left open.
/// </summary>
public sealed class PasskeyAttackTests
{
    private const string Sentence = "This passkey does not sign in here. Try another one, or another way.";

    [MariaDbFact]
    public async Task Every_answer_that_does_not_hold_is_refused_alike()
    {
        await using var panel = await PasskeyTests.StartAsync();
        await panel.AddMailboxAsync(2, "eve@example.org");
        using var passkey = new SoftwareAuthenticator { Count = 1 };
        await (await panel.SignedInAsync(Bob)).AddPasskeyAsync(passkey, "Phone");
        using var theirs = new SoftwareAuthenticator();
        await (await panel.SignedInAsync("eve@example.org")).AddPasskeyAsync(theirs, "Phone");

        foreach (var fault in (string[])["origin", "port", "frame", "domain", "verification", "key", "counter", "backup", "owner", "challenge", "browser", "nobody", "garbage", "inactive", "removed"])
        {
            // Without a fault it signs in: what is refused is refused for the fault.
            Assert.Equal((fault, "/"), (fault, (await panel.Browser().SignInWithAsync(passkey)).Location));
            var (handle, count, browser, sender) = (passkey.UserHandle, passkey.Count, panel.Browser(), passkey);
            var question = await browser.AskAsync(Door);
            switch (fault)
            {
                case "origin": passkey.Origin = "http://1ocalhost"; break;
                case "port": passkey.Origin = "http://localhost:8080"; break;
                case "frame": passkey.IsFramed = true; break;
                case "domain": passkey.Domain = "example.org"; break;
                case "verification": passkey.Verifies = false; break;
                case "key": sender = passkey.Forged(); break;
                case "counter": passkey.Count--; break;
                case "backup": passkey.IsBackupEligible = true; break;
                case "owner": (sender, theirs.UserHandle) = (theirs, passkey.UserHandle); break;
                case "challenge": question = await panel.Browser().AskAsync(Door); break;
                case "browser": browser.Cookies.Remove("adminpanel-passkey"); break;
                case "nobody": passkey.UserHandle = "bzk5OTk"; break;
                case "inactive": await panel.SqlAsync("UPDATE addresses SET is_active = 0 WHERE id = 1"); break;
                case "removed": await panel.SqlAsync("DELETE FROM passkeys WHERE id = 1"); break;
            }
            var answer = await browser.AnswerAsync(fault == "garbage" ? "{\"id\":\"AA\",\"response\":[" : sender.Answer(question));

            Assert.Equal((fault, HttpStatusCode.OK, Sentence), (fault, answer.Status, answer.Problems));
            Assert.Equal((fault, null), (fault, browser.Session));
            Assert.Equal($"account.sign-in-refused\t{(fault == "inactive" ? Bob : "")}", await panel.SqlAsync("SELECT action, subject FROM audit_entries ORDER BY id DESC LIMIT 1"));
            (passkey.Origin, passkey.Domain, passkey.IsFramed, passkey.Verifies, passkey.IsBackupEligible, passkey.UserHandle, passkey.Count) = ("http://localhost", null, false, true, false, handle, Math.Max(count, passkey.Count));
            await panel.SqlAsync("UPDATE addresses SET is_active = 1 WHERE id = 1");
        }
    }

    [MariaDbFact]
    public async Task An_answer_is_taken_once_and_none_to_an_older_question()
    {
        await using var panel = await PasskeyTests.StartAsync();
        using var passkey = new SoftwareAuthenticator();
        await (await panel.SignedInAsync(Bob)).AddPasskeyAsync(passkey, "Synced, without a counter");
        var (first, second) = (panel.Browser(), panel.Browser());
        var older = passkey.Answer(await first.AskAsync(Door));
        var newer = passkey.Answer(await second.AskAsync(Door));
        var (kept, token) = (second.Cookies["adminpanel-passkey"], await second.FormOfAsync("/sign-in", ("Input.Passkey", newer)));

        // Somebody with the answer and all the cookies sends it at the same time, and once more.
        var thief = panel.Browser();
        foreach (var (name, value) in second.Cookies) thief.Cookies[name] = value;
        var both = await Task.WhenAll(second.PostAsync(Door, token), thief.PostAsync(Door, token));
        Assert.Single(both, a => a.Location == "/");
        var again = panel.Browser();
        foreach (var (name, value) in thief.Cookies.Where(c => c.Key != "adminpanel-session")) again.Cookies[name] = value;
        again.Cookies["adminpanel-passkey"] = kept;
        Assert.Equal(Sentence, (await again.PostAsync(Door, token)).Problems);
        Assert.Equal(Sentence, (await first.AnswerAsync(older)).Problems);
        Assert.DoesNotContain("adminpanel-passkey", first.Cookies.Keys);
    }

    [MariaDbFact]
    public async Task A_question_ends_soon()
    {
        await using var panel = await PasskeyTests.StartAsync();
        using var passkey = new SoftwareAuthenticator();
        await (await panel.SignedInAsync(Bob)).AddPasskeyAsync(passkey, "Phone");
        var browser = panel.Browser();
        await browser.AskAsync(Door);
        var cookie = browser.Cookies["adminpanel-passkey"];

        foreach (var forged in (string[])["", "x", cookie[..^4], cookie[..^1] + (cookie[^1] == 'A' ? 'B' : 'A')])
        {
            var question = await browser.AskAsync(Door);
            browser.Cookies["adminpanel-passkey"] = forged;
            Assert.Equal(Sentence, (await browser.AnswerAsync(passkey.Answer(question))).Problems);
        }
        Assert.Contains("max-age=300", (await browser.PostAsync($"{Door}?handler=Ask", await browser.FormOfAsync("/sign-in"))).Header("Set-Cookie"), StringComparison.Ordinal);
    }

    /// <summary>Whoever knows the password passes the first step; an answer to another question is no second one.</summary>
    [MariaDbFact]
    public async Task An_answer_to_one_question_is_none_to_another_nor_somebody_elses()
    {
        await using var panel = await PasskeyTests.StartAsync();
        await panel.AddMailboxAsync(2, "eve@example.org");
        using var passkey = new SoftwareAuthenticator();
        using var theirs = new SoftwareAuthenticator();
        await (await panel.SignedInAsync(Bob)).AddPasskeyAsync(passkey, "Phone");
        var eve = await panel.SignedInAsync("eve@example.org");
        await eve.AddPasskeyAsync(theirs, "Phone");
        var browser = panel.Browser();
        await browser.SignInAsync(Bob, Panel.Password);
        Assert.Contains("/sign-in", (await browser.GetAsync(Own)).Location, StringComparison.Ordinal);

        foreach (var answer in new[] { passkey.Answer(await browser.AskAsync(Door)), theirs.Answer(await browser.AskAsync(Step)) })
            Assert.Equal(Sentence, (await browser.PostAsync(Step, await browser.FormOfAsync(Step, ("Input.Passkey", answer)))).Problems);
        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.code-refused'"));
        Assert.Equal(Sentence, (await browser.AnswerAsync(passkey.Answer(await browser.AskAsync(Step)))).Problems);
        // With nothing but the account's number, a page of another session asks for no passkey of hers.
        Assert.Equal(HttpStatusCode.NotFound, (await eve.PostAsync($"{Own}/1/remove", await eve.FormOfAsync(Own, ("Input.CurrentPassword", Panel.Password)))).Status);
        Assert.Equal("2", await panel.SqlAsync("SELECT COUNT(*) FROM passkeys"));
    }

    [MariaDbFact]
    public async Task An_open_browser_alone_neither_adds_nor_removes()
    {
        await using var panel = await PasskeyTests.StartAsync();
        using var passkey = new SoftwareAuthenticator();
        using var mine = new SoftwareAuthenticator();
        var browser = await panel.SignedInAsync(Bob);

        foreach (var password in (string[])["", "Nine-green-herons-8"])
            Assert.Null((await browser.PostAsync(Add, await browser.FormOfAsync(Add, ("Start.Name", "Mine"), ("Start.CurrentPassword", password)))).Question());
        Assert.Contains("was not added", (await browser.FinishAsync("{}")).Problems, StringComparison.Ordinal);
        var codes = (await browser.AddPasskeyAsync(passkey, "Phone")).RecoveryCodes();

        foreach (var shown in new (string, string)[][] { [], [("Start.Code", "000000")], [("Start.Passkey", mine.Answer(await browser.AskAsync(Own)))], [("Start.Code", codes[0]), ("Start.CurrentPassword", "wrong")] })
            Assert.Null((await browser.PostAsync(Add, await browser.FormOfAsync(Add, [("Start.Name", "Mine"), .. shown.Any(s => s.Item1 == "Start.CurrentPassword") ? [] : ((string, string)[])[("Start.CurrentPassword", Panel.Password)], .. shown]))).Question());
        foreach (var shown in new (string, string)[][] { [], [("Input.Code", "000000")], [("Input.Passkey", mine.Answer(await browser.AskAsync(Own)))] })
            Assert.Equal(HttpStatusCode.OK, (await browser.RemovePasskeyAsync("1", shown)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.PostAsync($"{Own}/1/remove", await browser.FormOfAsync(Own, ("Input.CurrentPassword", "wrong"), ("Input.Code", codes[0])))).Status);
        Assert.Equal(("1", "10"), (await panel.SqlAsync("SELECT COUNT(*) FROM passkeys"), await panel.SqlAsync("SELECT COUNT(*) FROM recovery_codes")));
    }

    [MariaDbFact]
    public async Task A_new_one_whose_answer_does_not_hold_is_not_kept()
    {
        await using var panel = await PasskeyTests.StartAsync();
        foreach (var fault in (string[])["origin", "domain", "verification", "frame", "challenge", "session", "browser", "stamp"])
        {
            using var passkey = new SoftwareAuthenticator();
            var browser = await panel.SignedInAsync(Bob);
            var question = (await StartAsync(browser)).Question()!;
            switch (fault)
            {
                case "origin": passkey.Origin = "https://localhost"; break;
                case "domain": passkey.Domain = "example.org"; break;
                case "verification": passkey.Verifies = false; break;
                case "frame": passkey.IsFramed = true; break;
                case "challenge": question = (await StartAsync(await panel.SignedInAsync(Bob))).Question()!; break;
                case "session":
                    var cookie = browser.Cookies["adminpanel-passkey"];
                    browser = await panel.SignedInAsync(Panel.Login);
                    browser.Cookies["adminpanel-passkey"] = cookie;
                    break;
                case "browser": browser.Cookies.Remove("adminpanel-passkey"); break;
                case "stamp":
                    // Somebody changed the password meanwhile; a session with the new one holds the old question.
                    await panel.SqlAsync("UPDATE mailboxes SET password_changed_at = NOW(6)");
                    cookie = browser.Cookies["adminpanel-passkey"];
                    browser = await panel.SignedInAsync(Bob);
                    browser.Cookies["adminpanel-passkey"] = cookie;
                    break;
            }

            Assert.Contains("was not added", (await browser.FinishAsync(passkey.Create(question))).Problems, StringComparison.Ordinal);
            Assert.Equal((fault, "0", "0"), (fault, await panel.SqlAsync("SELECT COUNT(*) FROM passkeys"), await panel.SqlAsync("SELECT COUNT(*) FROM recovery_codes")));
        }

        static async Task<Answer> StartAsync(Browser browser) => await browser.PostAsync(Add, await browser.FormOfAsync(Add, ("Start.Name", "Phone"), ("Start.CurrentPassword", Panel.Password)));
    }

    [MariaDbFact]
    public async Task Trying_is_bounded_by_network_and_locks_nobody_out()
    {
        await using var panel = await PasskeyTests.StartAsync();
        using var passkey = new SoftwareAuthenticator();
        await (await panel.SignedInAsync(Bob)).AddPasskeyAsync(passkey, "Phone");
        var browser = panel.Browser("198.51.100.7");
        var form = await browser.FormOfAsync("/sign-in", ("Input.Passkey", "{}"));
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => browser.PostAsync(Door, form)));

        Assert.NotEqual(Sentence, (await browser.SignInWithAsync(passkey)).Problems);
        Assert.Null(browser.Session);
        Assert.Equal("100", await panel.SqlAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.sign-in-refused'"));
        Assert.Equal("/", (await panel.Browser("203.0.113.9").SignInWithAsync(passkey)).Location);
        Assert.Equal(Step, (await panel.Browser("198.51.100.8").SignInAsync(Bob, Panel.Password)).Location);
    }

    [MariaDbFact]
    public async Task Guesses_after_the_password_end_soon_by_code_and_passkey_together()
    {
        await using var panel = await PasskeyTests.StartAsync();
        using var passkey = new SoftwareAuthenticator();
        await (await panel.SignedInAsync(Bob)).AddPasskeyAsync(passkey, "Phone");

        List<string> answers = [];
        for (var i = 0; i < 12; i++)
        {
            var browser = panel.Browser(string.Create(CultureInfo.InvariantCulture, $"198.51.{i}.7"));
            await browser.SignInAsync(Bob, Panel.Password);
            answers.Add((await browser.PostAsync(Step, await browser.FormOfAsync(Step, i % 2 == 0 ? ("Input.Passkey", "{}") : ("Input.Code", "000000")))).Problems);
        }

        Assert.Equal(Sentence, answers[0]);
        Assert.Contains("Too many", answers[^1], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("10", await panel.SqlAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'account.code-refused'"));
    }
}
