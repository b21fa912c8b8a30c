using System.Net;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.SelfService;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static AdminPanel.Tests.Integration.Web.OwnPanel;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>
/// A service is asked about new passwords. The attack: it, or whoever watches the line to it, wants the password; and a
/// service that is away, slow or mad must not keep people from changing theirs.
/// </summary>
public sealed class BreachServiceTests
{
    // SHA-1 by sha1sum(1): 67CF6A9045422E05A24D49D7E8C44F5C7F81A7A7.
    private const string Next = "Eight-green-foxes-32";
    private const string Prefix = "67CF6";
    private const string Rest = "A9045422E05A24D49D7E8C44F5C7F81A7A7";
    private const string Warning = "The breach service did not help";

    [MariaDbFact]
    public async Task A_password_that_is_in_the_list_is_refused_and_five_digits_are_all_that_was_sent()
    {
        await using var service = await PlayedBreachService.StartAsync();
        await using var panel = await StartAsync(service.Setting);
        service.Say($"{PlayedBreachService.Row("some other password", 7)}{Rest}:2\r\n");
        var before = await panel.SqlAsync("SELECT password_hash, version FROM mailboxes");

        var answer = await ChangeAsync(panel);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("in a list of stolen ones", answer.Problems, StringComparison.Ordinal);
        Assert.Equal(before, await panel.SqlAsync("SELECT password_hash, version FROM mailboxes"));
        var asked = Assert.Single(service.Asked);
        Assert.StartsWith($"GET /range/{Prefix}\n", asked, StringComparison.Ordinal);
        Assert.Contains("Add-Padding: true\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain(Next, asked, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("foxes", asked, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Bob, asked, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(["Add-Padding", "Host", "User-Agent"], asked.Split('\n')[1..].TakeWhile(l => l.Length > 0).Select(l => l.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.EndsWith("\n\n", asked, StringComparison.Ordinal);
        AssertLogHasNothingOfIt(panel);
    }

    public static TheoryData<string, string> Lists => new()
    {
        { $"{new string('0', 34)}1:5\r\n{new string('F', 35)}:1", "others" },
        { $"{Rest}:0\r\n{new string('A', 35)}:9\r\n", "a row of padding" },
    };

    [MariaDbTheory]
    [MemberData(nameof(Lists))]
    public async Task A_password_that_is_not_in_the_list_is_taken(string list, string why)
    {
        await using var service = await PlayedBreachService.StartAsync();
        await using var panel = await StartAsync(service.Setting);
        service.Say(list);

        Assert.True((await ChangeAsync(panel)).Location == "/me", why);
        Assert.Single(service.Asked);
        await panel.SignedInAsync(Bob, Next);
        Assert.DoesNotContain(Warning, panel.Log(), StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_service_that_does_not_help_stops_nobody_and_is_logged_once_for_each_password()
    {
        (string What, string Reason, Func<HttpContext, Task> Answer)[] faults =
        [
            ("a fault", "500", context => StatusAsync(context, 500)),
            ("too many questions", "429", context => StatusAsync(context, 429)),
            ("a way to somewhere else", "302", context =>
            {
                context.Response.Headers.Location = "/elsewhere";
                return StatusAsync(context, 302);
            }),
            ("a page", "no list of digests", context => context.Response.WriteAsync("<html>Sign in to the network first</html>")),
            ("nothing", "no list of digests", context => context.Response.WriteAsync("")),
            ("a list with a line of something else", "no list of digests", context => context.Response.WriteAsync($"{Rest}:4\r\nerror: try again")),
            ("a count that is none", "no list of digests", context => context.Response.WriteAsync($"{Rest}:many")),
            ("a charset that is none", "no list of digests", context =>
            {
                context.Response.ContentType = "text/plain; charset=martian";
                return context.Response.WriteAsync("martian");
            }),
            ("an end in the middle", "the connection broke", async context =>
            {
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync(Rest);
                await context.Response.Body.FlushAsync();
                context.Abort();
            }),
            ("rows without end", "ConfigurationLimitExceeded", async context =>
            {
                while (!context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync(string.Concat(Enumerable.Repeat($"{new string('0', 35)}:1\r\n", 1000)), context.RequestAborted);
            }),
            ("silence", "no whole answer within 2 seconds", context => Task.Delay(Timeout.Infinite, context.RequestAborted)),
            ("a trickle", "no whole answer within 2 seconds", async context =>
            {
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    await context.Response.WriteAsync("0", context.RequestAborted);
                    await Task.Delay(100, context.RequestAborted);
                }
            }),
        ];
        await using var service = await PlayedBreachService.StartAsync();
        await using var panel = await StartAsync(service.Setting);
        var id = await panel.AddAccountAsync(Panel.Login, Panel.Password);
        for (var i = 0; i < faults.Length; i++)
        {
            service.Answer = faults[i].Answer;

            var outcome = await RunAsync<SetMailboxPassword, SavedWithPassword>(panel, o => o.RunAsync(new() { Id = 1, Password = Next }, Root(id), default));

            Assert.True(outcome is Outcome<SavedWithPassword>.Done, faults[i].What);
            var lines = (await panel.LogAsync(until: faults[i].Reason)).Split('\n').Where(l => l.Contains(Warning, StringComparison.Ordinal)).ToList();
            Assert.True(lines.Count == i + 1 && lines[^1].Contains(faults[i].Reason, StringComparison.Ordinal), $"{faults[i].What}: {string.Join('\n', lines)}");
        }
        await service.DisposeAsync();
        Assert.IsType<Outcome<SavedWithPassword>.Done>(await RunAsync<SetMailboxPassword, SavedWithPassword>(panel, o => o.RunAsync(new() { Id = 1, Password = Next }, Root(id), default)));
        AssertLogHasNothingOfIt(panel);
    }

    [MariaDbFact]
    public async Task It_is_asked_last_and_while_nobody_waits_for_a_transaction()
    {
        await using var service = await PlayedBreachService.StartAsync();
        await using var panel = await StartAsync(service.Setting);
        var browser = await panel.SignedInAsync(Bob);
        foreach (var (current, next) in new[] { (Panel.Password, "short-1"), (Panel.Password, "Password2024!!"), (Panel.Password, Panel.Password), ("Nine-green-herons-8", Next) })
            Assert.Null((await browser.SubmitAsync("/me/password", ("Input.CurrentPassword", current), ("Input.NewPassword", next))).Location);
        Assert.Empty(service.Asked);

        var open = "";
        service.Answer = async context =>
        {
            open = await panel.SqlAsync($"SELECT COUNT(*) FROM information_schema.innodb_trx t JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id WHERE p.db = '{panel.Database}'");
            await context.Response.WriteAsync(PlayedBreachService.Row("another", 1));
        };

        Assert.Equal("/me", (await browser.SubmitAsync("/me/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", Next))).Location);
        Assert.Equal("0", open);
    }

    [MariaDbFact]
    public async Task Every_operation_that_takes_a_typed_password_asks()
    {
        await using var service = await PlayedBreachService.StartAsync();
        await using var panel = await StartAsync(service.Setting);
        service.Say($"{Rest}:1");
        var token = (await panel.SetupLinkAsync()).Token;
        AssertKnown(await RunAsync<CompleteSetup, Data.Model.Account>(panel, o => o.RunAsync(new() { Token = token, Login = "first", Password = Next }, Actor.CommandLine("r"), default)));
        var id = await panel.AddAccountAsync(Panel.Login, Panel.Password);
        AssertKnown(await RunAsync<CreateAdmin, SavedWithPassword>(panel, o => o.RunAsync(new() { Login = "ute", Kind = AccountKind.Superadmin, Password = Next }, Root(id), default)));
        AssertKnown(await RunAsync<SetAdminPassword, SavedWithPassword>(panel, o => o.RunAsync(new() { Id = id, Password = Next }, Root(id), default)));
        AssertKnown(await RunAsync<CreateMailbox, SavedWithPassword>(panel, o => o.RunAsync(new() { DomainName = "example.org", LocalPart = "new", Password = Next }, Root(id), default)));
        AssertKnown(await RunAsync<SetMailboxPassword, SavedWithPassword>(panel, o => o.RunAsync(new() { Id = 1, Password = Next }, Root(id), default)));
        AssertKnown(await RunAsync<ChangeOwnPassword, Data.Model.Account>(panel, o => o.RunAsync(new() { CurrentPassword = Panel.Password, NewPassword = Next }, Root(id), default)));
        Assert.Contains("in a list of stolen ones", (await ChangeAsync(panel)).Problems, StringComparison.Ordinal);
        Assert.Equal(7, service.Asked.Count);

        // Whoever takes a password from a person and keeps it: one that is added later, too.
        var keeping = typeof(PasswordHasher).Assembly.GetTypes()
            .Where(t => t.GetNestedType("Input") is { } input && (input.GetProperty("NewPassword") ?? input.GetProperty("Password")) is not null)
            .Where(t => t.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(PasswordHasher))) && t != typeof(SignInWithPassword)).ToList();
        Assert.Equal(8, keeping.Count);
        Assert.Contains(typeof(ReplaceForgottenPassword), keeping);
        Assert.All(keeping, t => Assert.Contains(t.GetConstructors().Single().GetParameters(), p => p.ParameterType == typeof(BreachService)));

        // Made by the panel: nobody else has it.
        Assert.IsType<Outcome<SavedWithPassword>.Done>(await RunAsync<SetMailboxPassword, SavedWithPassword>(panel, o => o.RunAsync(new() { Id = 1, GeneratesPassword = true }, Root(id), default)));
        Assert.Equal(7, service.Asked.Count);
    }

    private static Actor Root(long id) => new(id, Panel.Login, AccountKind.Superadmin, null, "r");

    private static async Task<Answer> ChangeAsync(Panel panel) =>
        await (await panel.SignedInAsync(Bob)).SubmitAsync("/me/password", ("Input.CurrentPassword", Panel.Password), ("Input.NewPassword", Next));

    private static async Task<Outcome<TValue>> RunAsync<TOperation, TValue>(Panel panel, Func<TOperation, Task<Outcome<TValue>>> run)
        where TOperation : notnull
    {
        await using var scope = panel.Services.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<TOperation>());
    }

    private static void AssertKnown<T>(Outcome<T> outcome) => Assert.Equal("PasswordBreached", Assert.Single(Assert.IsType<Outcome<T>.Refused>(outcome).Problems).Code);

    private static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static void AssertLogHasNothingOfIt(Panel panel)
    {
        var log = panel.Log();
        Assert.NotEqual("", log);
        foreach (var part in new[] { Next, "foxes", Rest[..10] }) Assert.DoesNotContain(part, log, StringComparison.OrdinalIgnoreCase);
        // By itself: ids of requests are hexadecimal, too.
        Assert.DoesNotMatch($"(?i)(?<![0-9a-f]){Prefix}(?![0-9a-f])", log);
    }
}
