using System.Net;
using AdminPanel.Data;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Platform.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>
/// How many wrong passwords may be tried over IMAP, POP3, submission and ManageSieve. Different ones are counted: a phone
/// that goes on with last year's password has tried one. Networks from which nobody has signed in to a mailbox share a
/// budget for it, and each that somebody has signed in from has its own: strangers do not lock the owner out.
/// </summary>
public sealed class MailGuesses(AdminDb db, KeyFile keyFile, GuessesUnderWay underWay)
{
    /// <summary>Of one mailbox by all strangers together, in an hour. With those of the panel's door fewer than twenty.</summary>
    public const int PerLoginOfStrangers = 6;

    /// <summary>Of one mailbox from one network that somebody has signed in to it from, in an hour.</summary>
    public const int PerKnownNetwork = 10;

    /// <summary>By strangers from one network, of whatever mailbox, in a <see cref="Window"/>.</summary>
    public const int PerNetwork = 100;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How long a try waits for those that came with it: the phone, the tablet and five laptops of one house, after a power cut.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private const int SweptAtOnce = 500;

    /// <summary>Whether a password may be looked at.</summary>
    public async Task<bool> MayTryAsync(SignInTry given, CancellationToken ct)
    {
        // What is no address is no mailbox: Dovecot finds nobody.
        if (!EmailAddress.TryParse(given.Login, out var address)) return true;

        var budget = await BudgetAsync(address, given, ct);
        var (now, buckets) = (db.UtcNow, budget.Buckets);
        var counted = await db.MailGuesses.Where(g => buckets.Contains(g.Bucket) && g.SeenAt > now - Hour).Select(g => new { g.Bucket, g.Guess, g.SeenAt }).ToListAsync(ct);
        if (counted.Count(g => g.Bucket == budget.Network && g.SeenAt > now - Window) >= PerNetwork) return false;

        var wrong = counted.Where(g => g.Bucket == budget.Login).Select(g => g.Guess).ToHashSet(StringComparer.Ordinal);
        if (wrong.Count(g => g != budget.Guess) >= budget.Most) return false;

        for (var waited = TimeSpan.Zero; waited < Patience; waited += BetweenLooks)
        {
            if (underWay.TryBegin(budget.Login, budget.Guess, wrong, budget.Most)) return true;
            await Task.Delay(BetweenLooks, ct);
        }
        return false;
    }

    /// <summary>Takes down how a try ended.</summary>
    public async Task EndedAsync(SignInTry given, CancellationToken ct)
    {
        if (given.Password.Length == 0 || given.WasUnread || given.IsAccepted is not { } isAccepted || !EmailAddress.TryParse(given.Login, out var address)) return;

        var budget = await BudgetAsync(address, given, ct);
        if (isAccepted)
        {
            underWay.End(budget.Login, budget.Guess);
            return;
        }
        var now = db.UtcNow;
        foreach (var bucket in budget.Buckets)
            await RunAsync($"INSERT INTO mail_guesses (bucket, guess, seen_at) VALUES ({bucket}, {budget.Guess}, {now}) ON DUPLICATE KEY UPDATE seen_at = {now}", ct);
        await RunAsync($"DELETE FROM mail_guesses WHERE seen_at < {now - Hour} LIMIT {SweptAtOnce}", ct);
    }

    private async Task<Budget> BudgetAsync(EmailAddress given, SignInTry tried, CancellationToken ct)
    {
        var (login, place) = (await MailboxOfAsync(given, ct), tried.Place);
        var guess = Digest($"guess\n{login}\n{tried.Password}");
        if (await db.MailboxSignIns.AnyAsync(s => s.RemoteAddress == place && db.Mailboxes.Any(m => m.Id == s.MailboxId && m.Entry!.Address == login), ct))
            return new Budget(Digest($"known\n{login}\n{place}"), Network: null, PerKnownNetwork, guess);

        // Webmail on this host signs everybody in from here.
        var isHere = IPAddress.TryParse(place, out var source) && IPAddress.IsLoopback(source);
        return new Budget(Digest($"strangers\n{login}"), isHere ? null : Digest($"network\n{place}"), PerLoginOfStrangers, guess);
    }

    /// <summary>The address of the mailbox that a name means: with a name in each alias domain it has no further guesses.</summary>
    private async Task<string> MailboxOfAsync(EmailAddress address, CancellationToken ct)
    {
        var target = await db.Domains.Where(d => d.Name == address.Domain && d.Kind == DomainKind.Alias).Select(d => (DomainName?)d.Target!.Name).FirstOrDefaultAsync(ct);
        return (target is { } domain ? address with { Domain = domain } : address).Value;
    }

    // Digests with a key: the table tells nobody whose passwords were tried, or from where.
    private string Digest(string text) => keyFile.Digest("mail-guess", text);

    private Task<int> RunAsync(FormattableString sql, CancellationToken ct) =>
        db.Database.CreateExecutionStrategy().ExecuteAsync(token => db.Database.ExecuteSqlAsync(sql, token), ct);

    /// <param name="Login">Where it counts for its mailbox.</param>
    /// <param name="Network">Where it counts for its network; null where it does not.</param>
    private sealed record Budget(string Login, string? Network, int Most, string Guess)
    {
        public IReadOnlyList<string> Buckets { get; } = Network is null ? [Login] : [Login, Network];
    }
}
