using System.Diagnostics;
using System.Runtime.CompilerServices;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using MariaDb.Client.Native;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>Alone, since it counts what the whole process holds.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneDefinition;

/// <summary>No unmanaged memory outlives its owner, also when the owner is forgotten instead of disposed of.</summary>
[Collection("alone")]
public sealed class NativeMemoryTests(DriverDatabase database) : IClassFixture<DriverDatabase>
{
    [MariaDbFact]
    public void Forgotten_connections_commands_and_readers_are_freed_and_memory_stays_flat()
    {
        MariaDbConnection.ClearAllPools();
        Collect();
        var before = NativeAllocations.Live;

        ForgetMany(400);
        var early = ResidentBytes();
        ForgetMany(1600);
        var late = ResidentBytes();

        Assert.InRange(NativeAllocations.Live, 0, before);
        Assert.InRange(late, 0, early * 1.1);
    }

    [MariaDbFact]
    public void A_forgotten_connection_gives_its_place_in_the_pool_back()
    {
        for (var round = 0; round < 5; round++)
        {
            Forget("MaxPoolSize=2;ConnectTimeout=30");
            Forget("MaxPoolSize=2;ConnectTimeout=30");
            Collect();
        }

        using var one = database.Open("MaxPoolSize=2;ConnectTimeout=30");
        using var two = database.Open("MaxPoolSize=2;ConnectTimeout=30");
        Assert.Equal(1, one.Scalar("SELECT 1"));
        Assert.Equal(1, two.Scalar("SELECT 1"));
    }

    [MariaDbFact]
    public void A_closed_connection_keeps_nothing()
    {
        MariaDbConnection.ClearAllPools();
        Collect();
        var before = NativeAllocations.Live;

        using (var connection = database.Open("Pooling=false"))
        {
            for (var i = 0; i < 300; i++) connection.Scalar($"SELECT @v, REPEAT('x', 5000), {i}", ("v", new byte[10_000]));
            Assert.InRange(NativeAllocations.Live, before + 100, before + 400);
        }

        Assert.InRange(NativeAllocations.Live, 0, before);
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static long ResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private void ForgetMany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            Forget("Pooling=false");
            if (i % 50 == 49) Collect();
        }
        Collect();
    }

    /// <summary>Opens, executes, reads half, and walks away.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Forget(string extra)
    {
        var connection = database.Open(extra);
        _ = connection.BeginTransaction();
        connection.Scalar("SELECT @v", ("v", new byte[100_000]));
        var reader = connection.Command("SELECT seq, REPEAT('x', 3000) FROM seq_1_to_100").ExecuteReader();
        reader.Read();
        Assert.Equal(3000, reader.GetString(1).Length);
    }

    /// <summary>Closing a connection reads the rest of its rows: the finalizer thread, which all of the process share, must not wait for them.</summary>
    [MariaDbFact]
    public async Task A_forgotten_reader_whose_rows_are_slow_holds_nobody_up()
    {
        ForgetSlow();

        await Task.Run(Collect).WaitAsync(TimeSpan.FromSeconds(60));

        [MethodImpl(MethodImplOptions.NoInlining)]
        void ForgetSlow()
        {
            var connection = database.Open("Pooling=false");
            var reader = connection.Command("SELECT seq, IF(seq < 1000, REPEAT('x', 1000), SLEEP(300)) FROM seq_1_to_1000").ExecuteReader();
            Assert.True(reader.Read());
        }
    }
}
