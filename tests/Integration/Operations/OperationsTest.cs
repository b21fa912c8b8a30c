using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A database that is empty before every test, things to put into it, and questions to ask of it.</summary>
public abstract class OperationsTest(OperationsDatabase database) : IClassFixture<OperationsDatabase>, IAsyncLifetime
{
    protected static readonly Actor Superadmin = new(null, "root", AccountKind.Superadmin, "192.0.2.7", "request-1");

    /// <summary>12 characters and no name.</summary>
    protected const string Password = "correct horse battery";

    protected OperationsDatabase Database => database;

    public async Task InitializeAsync()
    {
        await database.OpenAsync();
        await database.EmptyAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Runs an operation or a query in a unit of work of its own.</summary>
    protected Task<TResult> RunAsync<TService, TResult>(Func<TService, Task<TResult>> run) where TService : notnull => database.WithAsync(run);

    protected Task<T> DbAsync<T>(Func<AdminDb, Task<T>> run) => database.WithAsync(run);

    /// <summary>One value, as the mariadb client prints it.</summary>
    protected async Task<string> AskAsync(string sql) => (await database.Server.ExecuteAsync(sql, database.Name)).TrimEnd('\n');

    /// <summary>Everything but audit entries, to see that nothing changed.</summary>
    protected async Task<string> TablesAsync() => string.Join('\n', await Task.WhenAll(
        new[] { "domains", "addresses", "mailboxes", "aliases", "destinations", "send_as_grants", "mailbox_usage", "mailbox_logins", "mailbox_sign_ins", "notices", "refused_sign_ins", "domain_usage", "accounts", "domain_admins", "jobs", "job_targets", "job_results" }
            .Select(t => AskAsync($"SELECT * FROM {t} ORDER BY 1, 2"))));

    protected async Task<long> DomainAsync(
        string name, int? mailboxLimit = null, int? aliasLimit = null, long? quotaLimit = null, long? defaultQuota = null, bool isActive = true) =>
        await DbAsync(async db =>
        {
            var domain = new MailDomain
            {
                Name = DomainName.Parse(name), MailboxLimit = mailboxLimit, AliasLimit = aliasLimit, QuotaLimit = quotaLimit,
                DefaultQuota = defaultQuota, IsActive = isActive,
            };
            db.Domains.Add(domain);
            await db.SaveChangesAsync();
            return domain.Id;
        });

    protected async Task<long> AliasDomainAsync(string name, string target) => await DbAsync(async db =>
    {
        var targetName = DomainName.Parse(target);
        var id = await db.Domains.Where(d => d.Name == targetName).Select(d => d.Id).SingleAsync();
        var domain = new MailDomain { Name = DomainName.Parse(name), Kind = DomainKind.Alias, TargetId = id, TargetKind = DomainKind.Hosted };
        db.Domains.Add(domain);
        await db.SaveChangesAsync();
        return domain.Id;
    });

    /// <summary>A mailbox without the cost of a hash, counters included.</summary>
    protected async Task<long> MailboxAsync(string address, long? quota = null, bool keepsCopy = true, params string[] forwards) => await DbAsync(async db =>
    {
        var (entry, domain) = await EntryAsync(db, address, AddressKind.Mailbox, forwards);
        var mailbox = new Mailbox
        {
            Entry = entry, PasswordHash = "{PLAIN}x", PasswordChangedAt = db.UtcNow, Home = Guid.NewGuid().ToString("n"), QuotaBytes = quota, KeepsCopy = keepsCopy,
        };
        db.Mailboxes.Add(mailbox);
        domain.MailboxCount++;
        domain.AllocatedQuota += quota ?? 0;
        await db.SaveChangesAsync();
        return mailbox.Id;
    });

    protected async Task<long> AliasAsync(string address, params string[] destinations) => await DbAsync(async db =>
    {
        var kind = address.StartsWith('@') ? AddressKind.CatchAll : AddressKind.Alias;
        var (entry, domain) = await EntryAsync(db, address, kind, destinations);
        var alias = new Alias { Entry = entry, Kind = kind };
        db.Aliases.Add(alias);
        domain.AliasCount++;
        await db.SaveChangesAsync();
        return alias.Id;
    });

    protected async Task<Actor> DomainAdminAsync(string login, params string[] domains) => await DbAsync(async db =>
    {
        var account = new Account { Login = login, Kind = AccountKind.DomainAdmin, PasswordHash = "{PLAIN}x", SecurityStamp = "s" };
        foreach (var name in domains.Select(DomainName.Parse))
            account.Domains.Add(new DomainAdmin { DomainId = await db.Domains.Where(d => d.Name == name).Select(d => d.Id).SingleAsync() });
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        return new Actor(account.Id, login, AccountKind.DomainAdmin, "192.0.2.8", "request-2");
    });

    /// <summary>How many rows the server says it read. On one connection: what other tests read at the same time is not in a session's status.</summary>
    protected Task<long> RowsReadAsync(Func<AdminDb, Task> read) => DbAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        var start = await HandlerReadsAsync(db);
        // Reading the status reads rows, too.
        var own = await HandlerReadsAsync(db) - start;
        await read(db);
        return await HandlerReadsAsync(db) - start - (2 * own);
    });

    private static Task<long> HandlerReadsAsync(AdminDb db) => db.Database.SqlQueryRaw<long>(
        "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED) AS `Value` FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME LIKE 'Handler_read%'").SingleAsync();

    protected static T Done<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Done>(outcome).Value;

    /// <summary>The problems as "Field:Code", in order.</summary>
    protected static IEnumerable<string> Problems<T>(Outcome<T> outcome) =>
        Assert.IsType<Outcome<T>.Refused>(outcome).Problems.Select(p => $"{p.Field}:{p.Code}");

    protected static void AssertRefused<T>(Outcome<T> outcome, params string[] problems) => Assert.Equal(problems, Problems(outcome));

    private static async Task<(AddressEntry Entry, MailDomain Domain)> EntryAsync(AdminDb db, string address, AddressKind kind, string[] destinations)
    {
        var name = DomainName.Parse(address[(address.LastIndexOf('@') + 1)..]);
        var domain = await db.Domains.SingleAsync(d => d.Name == name);
        var entry = new AddressEntry { Address = address, DomainId = domain.Id, Kind = kind };
        foreach (var to in destinations.Select(EmailAddress.Parse))
            entry.Destinations.Add(new Destination { Address = to.Value, LocalPart = to.LocalPart.Value, DomainName = to.Domain.Value });
        return (entry, domain);
    }
}
