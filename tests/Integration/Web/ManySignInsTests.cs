using System.Globalization;
using System.Net;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>Nine o'clock: everybody signs in, each from a place of their own.</summary>
public sealed class ManySignInsTests
{
    private const int People = 200;

    [MariaDbFact]
    public async Task Two_hundred_sign_ins_at_once_get_the_answer_each_should_and_other_pages_go_on()
    {
        await using var panel = await OwnPanel.StartAsync("--Panel:HashesAtOnce=2");
        var ids = Enumerable.Range(2, People).ToList();
        await panel.SqlAsync($"""
            INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES {string.Join(',', ids.Select(i => $"({i}, 'm{i}@example.org', 1, 'mailbox', 1)"))};
            INSERT INTO mailboxes (id, address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
            SELECT a.id, a.id, 'mailbox', m.password_hash, m.password_changed_at, CONCAT('home', a.id), 1, 1, NOW(6), NOW(6) FROM addresses a JOIN mailboxes m ON m.id = 1 WHERE a.id > 1
            """);
        var people = await Task.WhenAll(ids.Select(async id =>
        {
            var browser = panel.Browser(string.Create(CultureInfo.InvariantCulture, $"198.51.{id / 100}.{id % 100}"));
            // One of ten has forgotten the password.
            return (Browser: browser, Page: await browser.GetAsync("/sign-in"), Login: $"m{id}@example.org", Password: id % 10 == 0 ? "Nine-green-herons-8" : Panel.Password);
        }));

        var signingIn = people.Select(p => p.Browser.SubmitAsync(p.Page, "/sign-in", ("Input.Login", p.Login), ("Input.Password", p.Password))).ToList();
        var other = await panel.Browser().GetAsync("/sign-in");
        var wereWaiting = signingIn.Count(s => !s.IsCompleted);
        var answers = await Task.WhenAll(signingIn);

        Assert.Equal(HttpStatusCode.OK, other.Status);
        Assert.NotEqual(0, wereWaiting);
        foreach (var (person, answer) in people.Zip(answers))
        {
            Assert.True(answer.Status == (person.Password == Panel.Password ? HttpStatusCode.Redirect : HttpStatusCode.OK), $"{person.Login}: {answer.Status} {answer.Problems}");
            if (person.Password == Panel.Password) Assert.Contains(person.Login, (await person.Browser.GetAsync("/me")).Text, StringComparison.Ordinal);
            else Assert.Contains("do not go together", answer.Problems, StringComparison.Ordinal);
        }
        Assert.Equal("account.sign-in\t180\naccount.sign-in-refused\t20", await panel.SqlAsync("SELECT action, COUNT(*) FROM audit_entries GROUP BY action ORDER BY action"));
    }
}
