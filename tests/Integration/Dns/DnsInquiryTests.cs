using System.Net;
using System.Net.Sockets;
using System.Text;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Platform.Dns;
using Xunit;

namespace AdminPanel.Tests.Integration.Dns;

/// <summary>How real name servers are asked, and how one that says nothing is borne.</summary>
public sealed class DnsInquiryTests
{
    [NameServerFact]
    public async Task A_server_that_says_nothing_is_asked_one_question()
    {
        using var silent = Silence();
        using var dns = Begin(Address(silent));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => dns.AskServerAsync(Address(silent), i % 2 == 0 ? "a.example" : "b.example", $"n{i}.example", DnsType.Txt)));

        Assert.All(answers, a => Assert.Equal((DnsStatus.Failed, "no answer in time"), (a.Status, a.Why)));
        Assert.Single(Names(silent));
    }

    [NameServerFact]
    public async Task No_more_than_32_questions_are_open_at_once()
    {
        var silent = Enumerable.Range(0, 40).Select(_ => Silence()).ToList();
        try
        {
            using var dns = Begin(Address(silent[0]));
            var questions = silent.Select(s => dns.AskServerAsync(Address(s), "a.example", "a.example", DnsType.Txt)).ToList();
            await Task.WhenAny(questions);
            Assert.InRange(silent.Count(s => s.Available > 0), 1, 32);
            Assert.All(await Task.WhenAll(questions), a => Assert.True(a.IsSilence));
            Assert.All(silent, s => Assert.True(s.Available > 0));
        }
        finally
        {
            foreach (var socket in silent) socket.Dispose();
        }
    }

    [NameServerFact]
    public async Task A_server_that_refuses_one_zone_is_asked_for_others()
    {
        await using var server = await NameServer.StartAsync();
        await server.WriteZoneAsync("a.example", [server.Address], "@ TXT \"here\"");
        using var dns = Begin(server.Address);

        var refused = await dns.AskServerAsync(server.Address, "b.example", "b.example", DnsType.Txt);
        var answer = await dns.AskServerAsync(server.Address, "a.example", "a.example", DnsType.Txt);

        Assert.Equal((DnsStatus.Failed, false), (refused.Status, refused.IsSilence));
        Assert.Equal(["here"], answer.Texts);
    }

    /// <summary>More zones than contexts are kept for.</summary>
    [NameServerFact]
    public async Task Many_zones_of_one_server_are_asked_at_once_and_each_anew_by_the_next_check()
    {
        await using var server = await NameServer.StartAsync();
        string[] zones = [.. Enumerable.Range(0, 120).Select(i => $"z{i}.example")];
        foreach (var text in (string[])["before", "after"])
        {
            await server.WriteZonesAsync(zones, [server.Address], zone => [$"@ TXT \"{zone} {text}\""]);
            using var dns = Begin(server.Address);
            var answers = await Task.WhenAll(zones.Concat(zones).Select(async zone => (zone, (await dns.AskServerAsync(server.Address, zone, zone, DnsType.Txt)).Texts.Single())));
            Assert.All(answers, a => Assert.Equal($"{a.zone} {text}", a.Item2));
        }
    }

    [NameServerFact]
    public async Task A_name_that_leads_out_of_the_zone_is_followed_by_the_resolver()
    {
        await using var server = await NameServer.StartAsync();
        await using var other = await NameServer.StartAsync();
        await server.WriteZoneAsync("a.example", [server.Address], "www CNAME www.b.example.");
        await other.WriteZoneAsync("b.example", [other.Address], "www A 192.0.2.1");
        using var dns = Begin(other.Address);

        Assert.Equal([IPAddress.Parse("192.0.2.1")], (await dns.AskServerAsync(server.Address, "a.example", "www.a.example", DnsType.A)).Addresses);
    }

    [NameServerFact]
    public async Task A_check_that_is_cancelled_ends_at_once_though_nobody_answers()
    {
        using var silent = Silence();
        using var end = new CancellationTokenSource();
        using var dns = new DnsQuery(Address(silent).ToString(), null).Begin(end.Token);
        var question = dns.AskAsync("a.example", DnsType.Txt);

        await end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => question);
    }

    private static DnsInquiry Begin(IPAddress resolver) => new DnsQuery(resolver.ToString(), null).Begin(CancellationToken.None);

    /// <summary>Takes questions and answers none.</summary>
    private static Socket Silence()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(NameServer.FreeAddress(), 53));
        return socket;
    }

    private static IPAddress Address(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Address;

    /// <summary>The names that were asked for (RFC 1035 section 4.1.2).</summary>
    private static HashSet<string> Names(Socket socket)
    {
        var (names, packet) = (new HashSet<string>(), new byte[512]);
        while (socket.Available > 0)
        {
            socket.Receive(packet);
            var labels = new List<string>();
            for (var at = 12; packet[at] != 0; at += 1 + packet[at]) labels.Add(Encoding.ASCII.GetString(packet, at + 1, packet[at]).ToLowerInvariant());
            names.Add(string.Join('.', labels));
        }
        return names;
    }
}
