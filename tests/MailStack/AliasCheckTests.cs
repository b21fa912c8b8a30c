using System.Globalization;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>
/// Each kind of fault in the report of `alias check`, beside what Postfix and Dovecot do with a message to that address:
/// the answer to RCPT, the one to the message, the copies in the mailbox that is meant to get it, and whether the sender
/// gets a bounce.
/// </summary>
public sealed class AliasCheckTests(AliasCheckTests.World world) : IClassFixture<AliasCheckTests.World>
{
    private const string Domain = "checked.example";

    // Written by hand. "-" is no line in the report; DATA is "-" where RCPT was refused.
    private const string Table = """
        address           report                rcpt  data  copies  bounced
        good              -                     250   250   1       no
        to-nobody         refused               550   -     0       no
        to-off            refused               550   -     0       no
        to-expired        refused               550   -     0       no
        to-dead-domain    refused               550   -     0       no
        no-destination    refused               550   -     0       no
        two-down          refused               550   -     0       no
        three-down        bounces               250   250   0       yes
        half              left_out              250   250   1       no
        half-two-down     bounces               250   250   1       yes
        pair-a            refused               550   -     0       no
        circle-a          circle                250   451   0       no
        circle-b          -                     250   451   0       no
        into-circle       circle                250   451   0       no
        wide-circle-a     circle                250   451   0       no
        onward            refused               550   -     0       no
        onward-circle     stores_nothing        250   451   0       no
        onward-circle-b   circle                250   451   0       no
        onward-fine       stores_nothing        250   250   1       no
        keeps             left_out              250   250   0       no
        keeps-circle      -                     250   250   0       no
        six-hundred       -                     250   250   600     no
        twice             too_many              250   451   0       no
        copies-500        -                     250   250   500     no
        copies-501        too_many              250   451   0       no
        info              -                     250   250   1       no
        """;

    public static TheoryData<string> Rows => [.. Table.Split('\n').Skip(1)];

    [MailStackTheory]
    [MemberData(nameof(Rows))]
    public void The_report_says_what_the_daemons_do(string row)
    {
        var columns = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(string.Join(' ', columns[1..]), world.OutcomeOf(columns[0]));
    }

    [MailStackFact]
    public void An_address_in_an_alias_domain_that_hides_another_is_named_and_takes_its_mail() =>
        Assert.Equal("hidden 250 250 0 no", world.OutcomeOf("info@checked-alias.example"));

    public sealed class World : IAsyncLifetime
    {
        private const string Sender = "sender.example.net";
        private readonly Dictionary<string, string> outcomes = new(StringComparer.Ordinal);

        internal string OutcomeOf(string address) => outcomes[address];

        public async Task InitializeAsync()
        {
            var instance = await TrialInstance.Shared;
            await Data().WriteAsync(instance);
            var report = await ReportAsync(instance);

            foreach (var address in Table.Split('\n').Skip(1).Select(row => row.Split(' ')[0]).Append("info@checked-alias.example"))
            {
                var (name, before) = (address.Replace('@', '.'), instance.Delivered("checked/box").Count);
                var to = address.Contains('@', StringComparison.Ordinal) ? address : $"{address}@{Domain}";
                var answers = await SendAsync(instance, $"{name}@{Sender}", to);
                // What is accepted is delivered or bounced; what is deferred at DATA never was in the queue.
                Assert.Equal("", await instance.SettledQueueAsync());
                var copies = instance.Delivered("checked/box").Count - before;
                var bounced = instance.Sent($"{name}@{Sender}").Count > 0 ? "yes" : "no";
                outcomes[address] = string.Create(CultureInfo.InvariantCulture, $"{report.GetValueOrDefault(to, "-")} {answers} {copies} {bounced}");
            }
        }

        public Task DisposeAsync() => Task.CompletedTask;

        private static async Task<string> SendAsync(TrialInstance instance, string from, string to)
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Smtp);
            await smtp.FromAsync(from);
            var rcpt = await smtp.ToAsync(to);
            return rcpt.IsPositive ? $"{rcpt.Code} {(await smtp.DataAsync("Subject: checked\n\nHello.\n")).Code}" : $"{rcpt.Code} -";
        }

        private static async Task<Dictionary<string, string>> ReportAsync(TrialInstance instance)
        {
            var (status, output, errors) = await instance.PanelAsync(["alias", "check", Domain, "--json"]);
            Assert.Equal((1, ""), (status, errors));
            using var json = JsonDocument.Parse(output);
            return json.RootElement.EnumerateArray().GroupBy(f => f.GetProperty("address").GetString()!, f => f.GetProperty("fault").GetString())
                .ToDictionary(g => g.Key, g => string.Join(',', g.Distinct()), StringComparer.Ordinal);
        }

        private static MailData Data()
        {
            var data = new MailData().Domain(Domain).Domain("checked-alias.example", target: Domain).Domain("checked-off.example", isActive: false);
            string At(string name) => $"{name}@{Domain}";
            MailData Alias(string name, params string[] to) => data.Alias(At(name), [.. to.Select(t => t.Contains('@', StringComparison.Ordinal) ? t : At(t))]);
            MailData Box(string name, bool keeps, params IReadOnlyList<string> to) => data.Mailbox(At(name), $"checked/{name}", keepsCopy: keeps, forwards: [.. to.Select(At)]);
            IReadOnlyList<string> Many(int count) => [.. Enumerable.Range(1, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"box+{n}"))];

            data.Mailbox(At("box"), "checked/box").Mailbox(At("off"), "checked/off", isActive: false).Mailbox("in@checked-off.example", "checked/in");
            data.Mailbox(At("other"), "checked/other").Alias("info@checked-alias.example", [At("other")]);
            Alias("good", "box");
            Alias("info", "box");
            Alias("to-nobody", "nobody");
            Alias("to-off", "off");
            Alias("expired", "box");
            data.Dates(At("expired"), until: -1);
            Alias("to-expired", "expired");
            Alias("to-dead-domain", "in@checked-off.example");
            Alias("no-destination");
            Alias("two-down", "to-nobody");
            Alias("three-down", "two-down");
            Alias("half", "box", "to-nobody");
            Alias("half-two-down", "box", "two-down");
            Alias("pair-a", "pair-b");
            Alias("pair-b", "pair-a");
            Alias("circle-a", "circle-b");
            Alias("circle-b", "circle-c");
            Alias("circle-c", "circle-a");
            Alias("into-circle", "circle-b");
            Alias("wide-circle-a", "box", "wide-circle-b");
            Alias("wide-circle-b", "wide-circle-c");
            Alias("wide-circle-c", "wide-circle-a");
            Box("onward", keeps: false, "onward-alias");
            Alias("onward-alias", "onward");
            Box("onward-circle", keeps: false, "onward-circle-b");
            Alias("onward-circle-b", "onward-circle-c");
            Alias("onward-circle-c", "onward-circle");
            Box("onward-fine", keeps: false, "box");
            Box("keeps", keeps: true, "keeps-alias");
            Alias("keeps-alias", "keeps");
            Box("keeps-circle", keeps: true, "keeps-circle-b");
            Alias("keeps-circle-b", "keeps-circle-c");
            Alias("keeps-circle-c", "keeps-circle");
            Alias("six-hundred", [.. Many(600)]);
            Alias("six-hundred-more", [.. Many(600)]);
            Alias("twice", "six-hundred", "six-hundred-more");
            Box("copies-500", keeps: true, Many(500));
            Box("copies-501", keeps: true, Many(501));
            return data;
        }
    }
}
