using System.Globalization;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Serve;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.Vacations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A vacation reply is saved whatever the mail server says, and the mail server gets what was saved.</summary>
public sealed class VacationTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string Bob = "bob@example.org";
    private const string Secret = "sieve.password.of.tests";

    [MariaDbFact]
    public async Task While_the_mail_server_is_away_nothing_is_lost_and_the_row_says_why()
    {
        var id = await BobAsync();
        await SetAsync(id, "Away.");

        Assert.Equal(DueStep.ServerAway, await KeepAsync(1, "none"));
        Assert.Equal("asked\t1", await AskAsync("SELECT state, failures FROM mailbox_scripts"));
        Assert.Contains("refused", (await RowAsync())!.Refusal, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Away.", await AskAsync("SELECT text FROM vacations"));
        // Not at once again.
        Assert.Equal(DueStep.NothingDue, await KeepAsync(1, "none"));

        await using var house = new ScriptHouse();
        await AskAsync("UPDATE mailbox_scripts SET due_at = UTC_TIMESTAMP(6)");
        Assert.Equal(DueStep.DealtWith, await KeepAsync(house));
        Assert.Equal((ScriptState.Written, null), ((await RowAsync())!.Script, (await RowAsync())!.Refusal));
        Assert.Contains("\"Away.\"", house.Scripts[Bob], StringComparison.Ordinal);
    }

    /// <summary>Whoever takes the port while Dovecot is down must not learn the password.</summary>
    [MariaDbFact]
    public async Task A_server_with_another_certificate_is_told_nothing()
    {
        var id = await BobAsync();
        await SetAsync(id, "Away.");
        await using var house = new ScriptHouse();
        await using var other = new ScriptHouse();

        Assert.Equal(DueStep.ServerAway, await KeepAsync(house.Port, other.CertificatePem));
        Assert.Empty(house.Said);
        Assert.Contains("TLS", (await RowAsync())!.Refusal, StringComparison.Ordinal);
    }

    [MariaDbTheory]
    [InlineData("GREETING", "* OK IMAP4rev1 ready\r\nBYE \"no\"\r\n", ScriptState.Asked)]
    [InlineData("AUTHENTICATE", "NO \"Authentication failed.\"\r\n", ScriptState.Asked)]
    [InlineData("GETSCRIPT", "{2000000}\r\n", ScriptState.Asked)]
    [InlineData("GETSCRIPT", "{99999999999999999999}\r\n", ScriptState.Asked)]
    [InlineData("GETSCRIPT", "{6}\r\nkeep;\n\r\nOK\r\n", ScriptState.Refused)]
    [InlineData("CHECKSCRIPT", "NO {9}\r\nline 2:\r\n\r\n", ScriptState.Refused)]
    [InlineData("HAVESPACE", "NO (QUOTA/MAXSIZE) \"Too \\\"large\\\"\"\r\n", ScriptState.Refused)]
    [InlineData("PUTSCRIPT", "no (quota) \"Quota exceeded\"\r\n", ScriptState.Refused)]
    public async Task What_the_server_will_not_do_is_told_in_its_words_and_tried_again(string command, string answer, ScriptState state)
    {
        var id = await BobAsync();
        await SetAsync(id, "Away.");
        await using var house = new ScriptHouse();
        house.Answers[command] = answer;

        await KeepAsync(house);

        var row = (await RowAsync())!;
        Assert.Equal(state, row.Script);
        Assert.NotEmpty(row.Refusal!);
        Assert.Empty(house.Scripts);
        house.Answers.Clear();
        await AskAsync("UPDATE mailbox_scripts SET due_at = UTC_TIMESTAMP(6)");
        await KeepAsync(house);
        Assert.Equal(ScriptState.Written, (await RowAsync())!.Script);
    }

    [MariaDbFact]
    public async Task A_server_that_talks_without_end_is_left()
    {
        var id = await BobAsync();
        await SetAsync(id, "Away.");
        await using var house = new ScriptHouse();

        foreach (var endless in (string[])[new string('x', 20_000), string.Concat(Enumerable.Repeat("\"x\"\r\n", 2000))])
        {
            house.Answers["GETSCRIPT"] = endless;
            await AskAsync("UPDATE mailbox_scripts SET due_at = UTC_TIMESTAMP(6)");
            Assert.Equal(DueStep.ServerAway, await KeepAsync(house));
        }
    }

    [MariaDbFact]
    public async Task Only_another_script_is_written_and_one_that_is_off_or_over_is_taken_away()
    {
        var id = await BobAsync();
        await SetAsync(id, "Away.");
        await using var house = new ScriptHouse();
        await KeepAsync(house);
        var said = house.Said.Count;

        await AskAsync("UPDATE mailbox_scripts SET due_at = UTC_TIMESTAMP(6)");
        await KeepAsync(house);
        Assert.Equal(said, house.Said.Count);

        await SetAsync(id, "Away.", isOn: false);
        await KeepAsync(house);
        Assert.Empty(house.Scripts);
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM mailbox_scripts"));

        await SetAsync(id, "Away.");
        await KeepAsync(house);
        await AskAsync("UPDATE vacations SET last_day = '2020-01-01'; UPDATE mailbox_scripts SET due_at = UTC_TIMESTAMP(6)");
        await KeepAsync(house);
        Assert.Empty(house.Scripts);
        Assert.True((await RowAsync())!.IsOver);
    }

    [MariaDbFact]
    public async Task A_mailbox_that_is_off_waits_until_it_is_on()
    {
        var id = await BobAsync();
        await SetAsync(id, "Away.");
        await AskAsync("UPDATE addresses SET is_active = 0");
        await using var house = new ScriptHouse();

        Assert.Equal(DueStep.DealtWith, await KeepAsync(house));
        Assert.Empty(house.Said);
        await AskAsync("UPDATE addresses SET is_active = 1; UPDATE mailbox_scripts SET due_at = UTC_TIMESTAMP(6)");
        await KeepAsync(house);
        Assert.Single(house.Scripts);
    }

    [MariaDbFact]
    public async Task It_answers_for_what_leads_to_the_mailbox_and_is_a_name()
    {
        await BobAsync();
        await AliasDomainAsync("example.com", "example.org");
        await DomainAsync("other.example");
        await AliasAsync("sales@example.org", Bob);
        await AliasAsync("shop@other.example", "sales@example.com");
        await AliasAsync("with-others@example.org", Bob, "x@elsewhere.example");
        await AliasAsync("off@example.org", Bob);
        await AliasAsync("elsewhere@example.org", "x@elsewhere.example");
        await AliasAsync("round@other.example", "sales@example.org");
        await AskAsync("UPDATE addresses SET is_active = 0 WHERE address = 'off@example.org'");

        await using var house = new ScriptHouse();
        await SetAsync(await NumberAsync("SELECT id FROM mailboxes"), "Away.");
        await KeepAsync(house);

        Assert.Contains(
            ":addresses [\"bob@example.com\", \"bob@example.org\", \"round@other.example\", \"sales@example.com\", \"sales@example.org\", \"shop@other.example\", \"with-others@example.com\", \"with-others@example.org\"]",
            house.Scripts[Bob], StringComparison.Ordinal);
        Assert.Equal([Bob, "bob@example.com", "sales@example.org", "sales@example.com", "with-others@example.org", "with-others@example.com"], await AddressesAsync());
    }

    [MariaDbFact]
    public async Task A_reply_and_a_forward_that_keeps_nothing_exclude_one_another()
    {
        var id = await BobAsync();
        await SetAsync(id, "Away.");
        var version = await NumberAsync("SELECT version FROM mailboxes");

        AssertRefused(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = version, Forwards = "x@y.example", KeepsCopy = false }, Superadmin, default)), "KeepsCopy:VacationIsOn");
        await SetAsync(id, "Away.", isOn: false);
        version = await NumberAsync("SELECT version FROM mailboxes");
        Done(await RunAsync<UpdateMailbox, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = version, Forwards = "x@y.example", KeepsCopy = false }, Superadmin, default)));
        AssertRefused(await TryAsync(id, "Away.", isOn: true, Superadmin), "IsOn:VacationNeedsCopy");
    }

    [MariaDbFact]
    public async Task Owners_set_their_own_and_admins_those_that_they_manage_and_the_audit_says_who()
    {
        var id = await BobAsync();
        await DomainAsync("other.example");
        await MailboxAsync("eve@other.example");
        var (ute, stranger) = (await DomainAdminAsync("ute", "example.org"), await DomainAdminAsync("sam", "other.example"));
        var owner = new Actor(null, Bob, AccountKind.MailboxOwner, null, "r") { MailboxId = id };
        var eve = owner with { Login = "eve@other.example", MailboxId = long.Parse(await AskAsync("SELECT m.id FROM mailboxes m JOIN addresses a ON a.id = m.address_id WHERE a.address = 'eve@other.example'"), CultureInfo.InvariantCulture) };

        Assert.IsType<Outcome<Saved>.NotFound>(await TryAsync(id, "Away.", isOn: true, stranger), exactMatch: true);
        Assert.IsType<Outcome<Saved>.NotFound>(await TryAsync(id, "Away.", isOn: true, eve), exactMatch: true);
        Done(await TryAsync(id, "From the owner.", isOn: true, owner));
        Done(await TryAsync(id, "From the admin.", isOn: true, ute));

        Assert.Equal($"{Bob}\nute", await AskAsync("SELECT actor FROM audit_entries WHERE action = 'mailbox.set-vacation' ORDER BY id"));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM audit_entries WHERE CONCAT(IFNULL(`before`, ''), IFNULL(`after`, '')) LIKE '%From the%'"));
    }

    [MariaDbFact]
    public async Task Whoever_was_overtaken_changes_nothing()
    {
        var id = await BobAsync();
        await SetAsync(id, "First.");

        Assert.IsType<Outcome<Saved>.Conflict>(
            await RunAsync<SetVacation, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 0, IsOn = true, Text = "Second." }, Superadmin, default)), exactMatch: true);
        Assert.Equal("First.", await AskAsync("SELECT text FROM vacations"));
    }

    private async Task<long> BobAsync()
    {
        await DomainAsync("example.org");
        await MailboxAsync(Bob);
        return await NumberAsync("SELECT id FROM mailboxes");
    }

    private async Task<long> NumberAsync(string sql) => long.Parse(await AskAsync(sql), CultureInfo.InvariantCulture);

    private Task<VacationRow?> RowAsync() => RunAsync<VacationRows, VacationRow?>(r => r.FindAsync(EmailAddress.Parse(Bob), Superadmin, default));

    private Task<IReadOnlyList<string>> AddressesAsync() =>
        RunAsync<VacationRows, IReadOnlyList<string>>(async r => await r.AddressesAsync((await r.FindAsync(EmailAddress.Parse(Bob), Superadmin, default))!, default));

    /// <summary>Saved by the operation, which finds no mail server; then due at once, as if it had never looked.</summary>
    private async Task SetAsync(long id, string text, bool isOn = true)
    {
        Done(await TryAsync(id, text, isOn, Superadmin));
        await AskAsync("UPDATE mailbox_scripts SET due_at = UTC_TIMESTAMP(6), failures = 0");
    }

    private async Task<Outcome<Saved>> TryAsync(long id, string text, bool isOn, Actor actor)
    {
        var version = await AskAsync($"SELECT COALESCE(MAX(version), 0) FROM vacations WHERE mailbox_id = {id}");
        return await RunAsync<SetVacation, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = long.Parse(version, CultureInfo.InvariantCulture), IsOn = isOn, Text = text }, actor, default));
    }

    private Task<DueStep> KeepAsync(ScriptHouse house) => KeepAsync(house.Port, house.CertificatePem);

    private async Task<DueStep> KeepAsync(int port, string certificate)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, certificate);
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [
                new("MailServer:managesieve_listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")), new("MailServer:panel_sieve_password", Secret),
                new("MailServer:host_name", "mail.example.org"), new("MailServer:tls_certificate", file),
            ]).Build();
        try
        {
            return await RunAsync<AdminDb, DueStep>(db => new KeepScript(db, new ScriptServer(new ServerSettings(db, configuration)), new ServerSettings(db, configuration), services.GetRequiredService<ILogger<KeepScript>>()).NextAsync(default));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
