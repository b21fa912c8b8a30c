using System.Collections.Concurrent;
using System.Text;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// Ten thousand recipients that nobody thought of, from another host, while a second client asks for a good one: none is
/// answered with "later", the good one is always taken, and no query fails.
/// </summary>
public abstract class FuzzedAddressTests<TStack>
    where TStack : IMailStack
{
    private const int Count = 10_000;
    private const int Seed = 20261122;

    // smtpd_soft_error_limit: a client with more refusals than 10 is made to wait.
    private const int OfOneSession = 9;

    private const int AtOnce = 4;

    // in_flow_delay: without a whole message now and then, a client waits a second for each that is begun after a hundred.
    private const int OfOneMessage = 8;

    private const string Domain = "fuzzed.example";

    private static readonly string[] Domains = [Domain, "fuzzed-caught.example", "fuzzed-alias.example", "elsewhere.example.net", "почта.example", "[127.0.0.1]", "", "'", "." + Domain, Domain + "."];

    private static readonly string[] Scraps =
    [
        "box", "a", "x", "+", "+ext", "++", ".", "..", "-", "_", "=", "@", "%", "%s", "%u", "%%", "%27", "'", "''", "\"", "\\", "\\'", "\\\\", "`", ";", ",", ":", "|", "&", "!", "#", "$", "${", "}", "*", "?", "/", "/*", "*/", "--", "~", "^", "(", ")", "[", "]", "<", ">", " ", "\t", "\0",
        " OR 1=1", "UNION SELECT", "sleep(9)", "имя", "名前", "é", "e\u0301", "ß", "İ", "ı", "\u202e", "\u200b", "😀", "\ufeff", "ﬀ", "K",
    ];

    [StackFact]
    public async Task No_address_stops_the_mail_of_others()
    {
        var instance = await TStack.Instance;
        await new MailData().Domain(Domain).Mailbox("box@" + Domain, "fuzzed/box")
            .Domain("fuzzed-caught.example").Alias("@fuzzed-caught.example", ["box@" + Domain])
            .Domain("fuzzed-alias.example", target: "fuzzed-caught.example")
            .WriteAsync(instance);
        var random = new Random(Seed);
        var sessions = Enumerable.Range(0, Count).Select(_ => Address(random)).Chunk(OfOneSession).Select((addresses, n) => (addresses, n)).ToList();
        var codes = new ConcurrentBag<int>();

        await Parallel.ForEachAsync(sessions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (session, _) =>
        {
            foreach (var code in await SayBadlyAsync(instance, session.addresses)) codes.Add(code);
            await AskGoodAsync(instance, isWhole: session.n % OfOneMessage == 0);
        });

        Assert.Equal(Count, codes.Count);
        // Of a domain with a catch-all some are well formed: the others would not have come as far as its query.
        Assert.InRange(codes.Count(code => code == 250), 100, Count / 2);
        await instance.AssertNoQueryFailedAsync();
    }

    private static async Task<List<int>> SayBadlyAsync(TrialInstance instance, IReadOnlyList<string> addresses)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        await smtp.FromAsync("somebody@example.net");
        var codes = new List<int>();
        foreach (var address in addresses)
        {
            var reply = await smtp.ToAsync(address);
            Assert.False(reply.Code is >= 400 and < 500, $"{Convert.ToHexString(Encoding.Latin1.GetBytes(address))}: {reply}");
            codes.Add(reply.Code);
        }
        return codes;
    }

    private static async Task AskGoodAsync(TrialInstance instance, bool isWhole)
    {
        await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
        await smtp.FromAsync("somebody@example.net");
        Assert.Equal(250, (await smtp.ToAsync("box@" + Domain)).Code);
        if (isWhole) Assert.Equal(250, (await smtp.DataAsync("Subject: good\n\nHello.\n")).Code);
    }

    /// <summary>As octets (Latin-1), without CR and LF, which end a command.</summary>
    private static string Address(Random random)
    {
        var local = new StringBuilder();
        for (var left = random.Next(1, 6); left > 0; left--)
        {
            local.Append(random.Next(8) switch
            {
                0 => (char)random.Next(0x80, 0x100),
                1 => ((char)random.Next(0x20, 0x7f)).ToString(),
                2 => new string((char)random.Next(0x21, 0x7f), random.Next(1, 80)),
                _ => Octets(Scraps[random.Next(Scraps.Length)]),
            });
        }
        if (random.Next(4) == 0) local.Insert(0, '"').Append('"');
        return $"{local}@{Octets(Domains[random.Next(Domains.Length)])}";
    }

    private static string Octets(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
