using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Cli;

public sealed class DnsCommandTests
{
    [MariaDbFact]
    public async Task Records_are_printed_in_each_format_and_as_JSON()
    {
        var connection = await ConnectionAsync();
        var refused = await Shell.RunAsync(connection, ["dns", "show", "example.org"]);
        Assert.Equal((1, "host_name is not set"), (refused.Status, refused.Error[..20]));

        await Shell.RunAsync(connection, ["settings", "set", "host_name=mx1.host.example", "public_addresses=192.0.2.10 2001:db8::10", "certificate_authorities=letsencrypt.org"]);
        Assert.StartsWith("Mail for example.org needs the following DNS records.", (await Shell.RunAsync(connection, ["dns", "show", "example.org"])).Out, StringComparison.Ordinal);
        Assert.StartsWith("$ORIGIN example.org.\n@ ", (await Shell.RunAsync(connection, ["dns", "show", "example.org", "--format", "bind"])).Out, StringComparison.Ordinal);
        Assert.True((await Shell.RunAsync(connection, ["dns", "show", "example.org", "--format", "cloudflare"])).Json.TryGetProperty("posts", out _));
        var records = (await Shell.RunAsync(connection, ["dns", "show", "example.org", "--json"])).Json.EnumerateArray().ToList();
        Assert.Equal(
            """mx required domain example.org. @ example.org. MX 3600 10 mx1.host.example.""",
            string.Join(' ', ((string[])["purpose", "need", "place", "zone", "name", "fullName", "type", "ttl", "value"]).Select(k => records[0].GetProperty(k).ToString())));
        Assert.Equal(["192.0.2.10", "2001:db8::10"], records.Where(r => r.GetProperty("purpose").GetString() == "host_address").Select(r => r.GetProperty("value").GetString()));
    }

    [MariaDbFact]
    public async Task What_is_not_there_is_refused_and_what_is_no_format_is_usage()
    {
        var connection = await ConnectionAsync();

        Assert.Equal((1, "There is no domain absent.example.\n"), await EndAsync(connection, "absent.example"));
        Assert.Equal((1, "example.net is no zone that can hold example.org.\n"), await EndAsync(connection, "example.org", "--zone", "example.net"));
        Assert.Equal(2, (await EndAsync(connection, "example.org", "--format", "doc")).Status);
    }

    [NameServerFact]
    public async Task A_check_says_whether_the_zone_is_signed()
    {
        var connection = await ConnectionAsync();
        await Shell.RunAsync(connection, ["settings", "set", "host_name=mx1.host.example"]);
        await using var server = await NameServer.StartAsync();
        var anchor = Path.GetTempFileName();
        foreach (var (isOver, word, sentence) in ((bool, string, string)[])[(false, "secure", "The zone is signed, and its signatures hold (DNSSEC)."), (true, "bogus", "The zone is signed, but its signatures do not hold (DNSSEC): many")])
        {
            await File.WriteAllTextAsync(anchor, await server.WriteSignedZoneAsync("example.org", [server.Address], isOver));
            Assert.Equal((word, true), await CheckAsync(connection, sentence, $"--Dns:Resolver={server.Address}", $"--Dns:TrustAnchor={anchor}"));
        }
        await server.WriteZoneAsync("example.org", [server.Address]);
        Assert.Equal(("unknown", true), await CheckAsync(connection, "Nobody asked whether the zone is signed (DNSSEC)", $"--Dns:Resolver={server.Address}", "--Dns:TrustAnchor=none"));
        await File.WriteAllTextAsync(anchor, await server.WriteSignedZoneAsync("other.example", [server.Address], isOver: false));
        Assert.Equal(("insecure", true), await CheckAsync(connection, "The zone is not signed (DNSSEC).", $"--Dns:Resolver={server.Address}", $"--Dns:TrustAnchor={anchor}"));
        File.Delete(anchor);
    }

    /// <returns>The word in JSON, and whether the text has the sentence.</returns>
    private static async Task<(string? Word, bool HasSentence)> CheckAsync(string connection, string sentence, params string[] settings)
    {
        var json = (await Shell.RunAsync(connection, ["dns", "check", "example.org", "--json", .. settings])).Json;
        Assert.Equal("example.org", json.GetProperty("domain").GetString());
        return (json.GetProperty("dnssec").GetString(), (await Shell.RunAsync(connection, ["dns", "check", "example.org", .. settings])).Out.Contains($"\n{sentence}", StringComparison.Ordinal));
    }

    private static async Task<(int Status, string Error)> EndAsync(string connection, params string[] arguments)
    {
        var answer = await Shell.RunAsync(connection, ["dns", "show", .. arguments]);
        return (answer.Status, answer.Error);
    }

    private static async Task<string> ConnectionAsync()
    {
        var server = await PrivateMariaDb.Shared;
        var connection = server.ConnectionString(await server.CreateDatabaseAsync("dns"));
        Assert.Equal(0, (await Shell.RunAsync(connection, ["db", "migrate"])).Status);
        Assert.Equal(0, (await Shell.RunAsync(connection, ["domain", "add", "example.org"])).Status);
        return connection;
    }
}
