using System.Data.Common;
using AdminPanel.Data;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Work that one panel does for all: of many that ask at once one gets the turn, and the next when it is over.</summary>
public sealed class TurnTests(OperationsDatabase database) : OperationsTest(database)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [MariaDbFact]
    public async Task Of_many_that_ask_at_once_one_gets_the_turn()
    {
        Assert.Equal(1, await TakersAsync("first"));
        Assert.Equal(0, await TakersAsync("first"));

        await AskAsync("UPDATE settings SET updated_at = UTC_TIMESTAMP(6) - INTERVAL 61 MINUTE WHERE `key` = 'turn.first'");

        Assert.Equal(1, await TakersAsync("first"));
    }

    [MariaDbFact]
    public async Task Each_work_has_turns_of_its_own()
    {
        Assert.True(await TakeAsync("second"));
        Assert.True(await TakeAsync("third"));
        Assert.False(await TakeAsync("third"));
    }

    private async Task<int> TakersAsync(string name) => (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TakeAsync(name)))).Count(taken => taken);

    private Task<bool> TakeAsync(string name) => RunAsync<DbDataSource, bool>(d => d.TakeTurnAsync(name, Hour, default));
}
