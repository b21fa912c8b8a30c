using System.Diagnostics;
using System.Globalization;
using AdminPanel.Tests.Support;
using MariaDb.Client;

namespace AdminPanel.Benchmarks;

/// <summary>
/// The driver beside MariaDB's own command-line client, on one server over the unix socket, in turns: reading many rows,
/// asking for one row many times, and what each row and each command costs the garbage collector.
/// </summary>
internal sealed class DriverBenchmark(PrivateMariaDb server, string database)
{
    private const int Rows = 200_000;
    private const int Selects = 20_000;
    private const int Rounds = 7;
    private const string ReadAll = "SELECT id, address, quota, created, active FROM bench";
    private const string ReadOne = "SELECT id, address, quota, created, active FROM bench WHERE id = ";

    public static async Task RunAsync()
    {
        await using var server = await PrivateMariaDb.StartAsync(new() { Arguments = ["--innodb-buffer-pool-size=256M"] });
        var benchmark = new DriverBenchmark(server, await server.CreateDatabaseAsync("bench"));
        await benchmark.SeedAsync();
        await benchmark.CompareAsync();
        benchmark.Allocations();
        benchmark.Pool();
    }

    private Task<string> SeedAsync() => server.ExecuteAsync(
        """
        CREATE TABLE bench (id bigint PRIMARY KEY, address varchar(254) NOT NULL, quota bigint NOT NULL, created datetime(6) NOT NULL, active tinyint(1) NOT NULL);
        INSERT INTO bench SELECT seq, CONCAT('mailbox', seq, '@d', seq % 2000, '.example.org'), seq * 1048576, '2026-01-01' + INTERVAL seq SECOND, seq % 2 FROM seq_1_to_200000;
        ANALYZE TABLE bench
        """,
        database);

    private async Task CompareAsync()
    {
        var script = Path.Combine(server.Directory, "selects.sql");
        await File.WriteAllLinesAsync(script, Enumerable.Range(0, Selects).Select(i => ReadOne + Key(i).ToString(CultureInfo.InvariantCulture) + ";"));
        using var connection = new MariaDbConnection(server.ConnectionString(database));
        await connection.OpenAsync();
        List<double> ourRows = [], theirRows = [], ourSelects = [], theirSelects = [];
        for (var round = 0; round <= Rounds; round++)
        {
            var times = (Time(() => ReadRows(connection)), await ClientAsync("--quick", $"-e '{ReadAll}'"), Time(() => Select(connection)), await ClientAsync("", $"< {script}"));
            // The first round warms both sides up.
            if (round == 0) continue;
            ourRows.Add(times.Item1);
            theirRows.Add(times.Item2);
            ourSelects.Add(times.Item3);
            theirSelects.Add(times.Item4);
        }
        Report("200,000 rows of 5 columns", ourRows, "mariadb --quick", theirRows);
        Report("20,000 selects by primary key", ourSelects, "mariadb", theirSelects);
    }

    private void Allocations()
    {
        using var connection = new MariaDbConnection(server.ConnectionString(database));
        connection.Open();
        Figures.Print("allocated per row, with one string of about 30 letters", Allocated(() => ReadRows(connection)) / Rows, "bytes");
        Figures.Print("allocated per row without the string", Allocated(() => ReadRows(connection, withText: false)) / Rows, "bytes");
        Figures.Print("allocated per select by primary key, a new command each", Allocated(() => Select(connection)) / Selects, "bytes");
    }

    private void Pool()
    {
        var milliseconds = Time(() =>
        {
            for (var i = 0; i < Selects; i++)
            {
                using var connection = new MariaDbConnection(server.ConnectionString(database));
                connection.Open();
                SelectOne(connection, i);
            }
        });
        Figures.Print("open from the pool, select by primary key, close", milliseconds * 1000 / Selects, "us");
    }

    /// <summary>Spread over the table, the same in every round.</summary>
    private static int Key(int i) => (i * 7919 % Rows) + 1;

    private static void ReadRows(MariaDbConnection connection, bool withText = true)
    {
        using var command = new MariaDbCommand(ReadAll, connection);
        using var reader = command.ExecuteReader();
        var (count, sum) = (0, 0L);
        while (reader.Read())
        {
            count++;
            sum += reader.GetInt64(0) + reader.GetInt64(2) + reader.GetDateTime(3).Ticks + (reader.GetBoolean(4) ? 1 : 0);
            if (withText) sum += reader.GetString(1).Length;
        }
        if (count != Rows || sum == 0) throw new InvalidOperationException($"Read {count} rows.");
    }

    private static void Select(MariaDbConnection connection)
    {
        for (var i = 0; i < Selects; i++) SelectOne(connection, i);
    }

    private static void SelectOne(MariaDbConnection connection, int i)
    {
        using var command = new MariaDbCommand(ReadOne + "@id", connection);
        command.Parameters.AddWithValue("id", Key(i));
        using var reader = command.ExecuteReader();
        if (!reader.Read() || reader.GetInt64(0) != Key(i) || reader.GetString(1).Length == 0) throw new InvalidOperationException($"Row {Key(i)} is not there.");
    }

    private static double Time(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Allocated(Action work)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Report(string what, List<double> ours, string reference, List<double> theirs)
    {
        Figures.Print($"{what}, driver (median of {Rounds})", Figures.Median(ours), "ms");
        Figures.Print($"{what}, {reference}", Figures.Median(theirs), "ms");
        Figures.PrintRatio($"driver / {reference}", Figures.Median(ours), Figures.Median(theirs));
    }

    /// <summary>The whole process: its start is a few milliseconds of it.</summary>
    private async Task<double> ClientAsync(string option, string input)
    {
        var command = $"exec /usr/bin/mariadb --no-defaults --socket={server.Socket} --user=root -N -B {option} {database} {input} > /dev/null";
        var started = Stopwatch.GetTimestamp();
        using var client = Process.Start("/bin/sh", ["-c", command]);
        await client.WaitForExitAsync();
        return client.ExitCode == 0 ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new InvalidOperationException("The mariadb client failed.");
    }
}
