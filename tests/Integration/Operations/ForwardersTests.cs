using AdminPanel.Data;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>A name that comes to this server: whoever forwards to it is followed, however many they are.</summary>
public sealed class ForwardersTests(OperationsDatabase database) : OperationsTest(database)
{
    [MariaDbFact]
    public async Task A_circle_through_the_last_of_many_forwarders_is_found()
    {
        await DomainAsync("example.org");
        await ForwardersAsync(600);
        await AliasAsync("zz@example.org", "zz@also.example");
        var before = await TablesAsync();

        var refused = Assert.IsType<Outcome<Saved>.Refused>(await AddAsync());

        Assert.Equal(("AliasLoop", "zz@example.org → zz@also.example"), (refused.Problems[0].Code, refused.Problems[0].Args.Single()));
        Assert.Equal(before, await TablesAsync());
        await AskAsync("DELETE FROM destinations WHERE local_part = 'zz'");
        Done(await AddAsync());
    }

    /// <summary>One that is too many is refused as ever; the statement that stops at the limit is asked again for parts.</summary>
    [MariaDbFact]
    public async Task Forwarders_with_many_destinations_are_all_read_and_one_with_too_many_is_refused()
    {
        await DomainAsync("example.org");
        await ForwardersAsync(20);
        await AskAsync(
            """
            INSERT INTO destinations (address_id, address, local_part, domain_name)
              SELECT a.id, CONCAT('x', seq, '@elsewhere.example'), CONCAT('x', seq), 'elsewhere.example' FROM addresses a JOIN seq_1_to_900 WHERE a.kind = 'alias'
            """);
        Done(await AddAsync());

        await AskAsync("DELETE FROM domains WHERE name = 'also.example'");
        await AskAsync(
            """
            INSERT INTO destinations (address_id, address, local_part, domain_name)
              SELECT a.id, CONCAT('y', seq, '@elsewhere.example'), CONCAT('y', seq), 'elsewhere.example' FROM addresses a JOIN seq_1_to_100 WHERE a.address = 'f20@example.org'
            """);
        AssertRefused(await AddAsync(), "Name:ExpandsTooFar");
    }

    [MariaDbFact]
    public async Task Who_forwards_elsewhere_is_not_read()
    {
        await DomainAsync("example.org");
        await ForwardersAsync(5_000, to: "elsewhere.example");
        await AliasAsync("one@example.org", "one@also.example");
        await AskAsync("ANALYZE TABLE domains, addresses, destinations");
        await RowsReadAsync(db => Task.CompletedTask);

        var read = await RowsReadAsync(db => new CreateAliasDomain(db).RunAsync(new() { Name = "also.example", TargetName = "example.org" }, Superadmin, default));

        Assert.True(read is > 5 and < 200, $"{read} rows read for one forwarder of 5,001");
    }

    private Task<Outcome<Saved>> AddAsync() =>
        RunAsync<CreateAliasDomain, Outcome<Saved>>(o => o.RunAsync(new() { Name = "also.example", TargetName = "example.org" }, Superadmin, default));

    // f1@example.org -> box1@also.example, ...
    private Task<string> ForwardersAsync(int count, string to = "also.example") => AskAsync(
        $"""
        INSERT INTO addresses (address, domain_id, kind, is_active) SELECT CONCAT('f', seq, '@example.org'), d.id, 'alias', 1 FROM seq_1_to_{count}, domains d;
        INSERT INTO aliases (address_id, kind, version, created_at, updated_at) SELECT id, kind, 1, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM addresses;
        INSERT INTO destinations (address_id, address, local_part, domain_name)
          SELECT a.id, CONCAT('box', seq, '@{to}'), CONCAT('box', seq), '{to}' FROM seq_1_to_{count} JOIN addresses a ON a.address = CONCAT('f', seq, '@example.org');
        """);
}
