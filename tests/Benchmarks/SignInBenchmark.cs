using System.Diagnostics;
using System.Globalization;
using AdminPanel.Tests.Support;
using MariaDb.Client;

namespace AdminPanel.Benchmarks;

/// <summary>
/// Sign-ins a second for each scheme that a password may be kept in: whole IMAP sessions over TLS at a real Dovecot, its
/// cache of sign-ins off as it is rendered, one after another and eight at once.
/// </summary>
internal static class SignInBenchmark
{
    private const string Password = "a long benchmark password";
    private const int MailboxesOfEach = 16;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    // What doveadm-pw(1) and others make without being told otherwise: ARGON2ID (3 passes, 64 MiB) is the panel's own,
    // cost 5 of BLF-CRYPT is Dovecot's and 10 PHP's, 5,000 rounds of SHA512-CRYPT are crypt(5)'s.
    private static readonly (string Name, string[] Options)[] Schemes =
    [
        ("PLAIN (no hash)", ["-s", "PLAIN"]), ("ARGON2ID", ["-s", "ARGON2ID"]), ("BLF-CRYPT, cost 5", ["-s", "BLF-CRYPT", "-r", "5"]),
        ("BLF-CRYPT, cost 10", ["-s", "BLF-CRYPT", "-r", "10"]), ("BLF-CRYPT, cost 12", ["-s", "BLF-CRYPT", "-r", "12"]), ("SHA512-CRYPT, 5,000 rounds", ["-s", "SHA512-CRYPT", "-r", "5000"]),
    ];

    public static async Task RunAsync()
    {
        var instance = await TrialInstance.Shared;
        await using (var connection = new MariaDbConnection(instance.ConnectionString))
        {
            await connection.OpenAsync();
            await MailSeed.FillAsync(connection, Schemes.Length, Schemes.Length * MailboxesOfEach);
        }
        for (var number = 1; number <= Schemes.Length; number++) await MeasureAsync(instance, number, Schemes[number - 1]);
    }

    private static async Task MeasureAsync(TrialInstance instance, int number, (string Name, string[] Options) scheme)
    {
        var (status, hash, errors) = await instance.RunDaemonsAsync("/usr/bin/doveadm", ["-c", Path.Combine(instance.Config, "dovecot/dovecot.conf"), "pw", "-p", Password, .. scheme.Options]);
        if (status != 0) throw new InvalidOperationException(errors);

        await instance.ExecuteAsync($"UPDATE mailboxes m JOIN addresses a ON a.id = m.address_id SET m.password_hash = '{hash.Trim()}' WHERE a.address LIKE '%@d{number}.example'");
        var addresses = (await instance.ExecuteAsync($"SELECT address FROM addresses WHERE address LIKE '%@d{number}.example'")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // The first sign-in of a mailbox makes its folders.
        foreach (var address in addresses) await SignInAsync(instance, address);
        Figures.Print($"{scheme.Name}: one after another", await RateAsync(instance, addresses, atOnce: 1), "sign-ins a second");
        Figures.Print($"{scheme.Name}: eight at once", await RateAsync(instance, addresses, atOnce: 8), "sign-ins a second");
    }

    private static async Task<double> RateAsync(TrialInstance instance, string[] addresses, int atOnce)
    {
        var (count, started) = (0, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async client =>
        {
            for (var n = client; Stopwatch.GetElapsedTime(started) < Time; n += atOnce)
            {
                await SignInAsync(instance, addresses[n % addresses.Length]);
                Interlocked.Increment(ref count);
            }
        }));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task SignInAsync(TrialInstance instance, string address)
    {
        await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
        if (!await imap.SignInAsync(address, Password)) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{address} cannot sign in."));
        await imap.SayAsync("LOGOUT");
    }
}
