using System.Diagnostics;
using AdminPanel.Tests.Support;
using MariaDb.Client;

namespace AdminPanel.Benchmarks;

/// <summary>One of the two that are compared: what Postfix asks with its tables, and what that takes.</summary>
/// <param name="account">The database account of its tables.</param>
internal sealed class LookupSide(string name, string account, string database, TrialInstance instance)
{
    private const int Recipients = 2_000;
    private const string Sender = "somebody@from.example.net";
    private readonly Dictionary<string, Cost> costs = [];

    /// <summary>Of one recipient.</summary>
    internal sealed class Cost
    {
        /// <summary>Up to the answer to RCPT, with fresh processes, where no message is begun: cleanup(8) would ask meanwhile.</summary>
        public IReadOnlyList<string> Statements { get; set; } = [];

        /// <summary>With a message: cleanup(8) and the queue manager ask, too.</summary>
        public int OfMessage { get; set; }

        /// <summary>To an RCPT, without the address.</summary>
        public string Reply { get; set; } = "";

        public double ProxiedMicroseconds { get; set; }

        public double DirectMicroseconds { get; set; }

        public double SqlMicroseconds { get; set; }

        /// <summary>How the server reads the tables of all statements, by EXPLAIN's word, and the most rows it expects of one.</summary>
        public string Plan { get; set; } = "";
    }

    public Cost Of(LookupKind kind) => costs.TryGetValue(kind.Name, out var cost) ? cost : costs[kind.Name] = new Cost();

    public async Task MeasureAsync(BenchedPostfix postfix, bool isProxied, IEnumerable<LookupKind> kinds)
    {
        foreach (var kind in kinds)
        {
            var cost = Of(kind);
            if (isProxied) cost.OfMessage = (await AskAsync(postfix, kind, isWhole: true)).Count;
            await postfix.RefuseAllAsync(true);
            if (isProxied) cost.Statements = await AskAsync(postfix, kind, isWhole: false);
            await using var smtp = await SmtpDialogue.OpenAsync(postfix.Smtp);
            await smtp.FromAsync(Sender);
            var expected = await ReplyAsync(smtp, kind.Address(0));
            var times = new List<double>();
            for (var n = 1; n <= Recipients; n++)
            {
                var started = Stopwatch.GetTimestamp();
                var reply = await ReplyAsync(smtp, kind.Address(n));
                times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                if (reply != expected) throw new InvalidOperationException($"{name}, {kind.Address(n)}: {reply}");
            }
            if (isProxied) cost.ProxiedMicroseconds = Figures.Median(times);
            else cost.DirectMicroseconds = Figures.Median(times);
            await postfix.RefuseAllAsync(false);
        }
    }

    private async Task<IReadOnlyList<string>> AskAsync(BenchedPostfix postfix, LookupKind kind, bool isWhole)
    {
        await postfix.ReloadAsync();
        await using var smtp = await SmtpDialogue.OpenAsync(postfix.Smtp);
        return await instance.ListenAsync(account, async () =>
        {
            await smtp.FromAsync(Sender);
            var reply = await ReplyAsync(smtp, kind.Address(0));
            if (!isWhole) return;

            Of(kind).Reply = reply;
            if (reply.StartsWith("250", StringComparison.Ordinal)) await smtp.DataAsync("Subject: benchmark\n\nHello.\n");
            await postfix.SettledAsync();
        });
    }

    /// <summary>The statements of both once more, one after another over a connection each, in turns, for other addresses of the kind each time.</summary>
    public static async Task ReplayAsync(IReadOnlyList<LookupSide> sides, IEnumerable<LookupKind> kinds)
    {
        var connections = new List<MariaDbConnection>();
        foreach (var side in sides) connections.Add(await side.ConnectAsync());
        foreach (var kind in kinds)
        {
            var times = sides.Select(_ => new List<double>()).ToList();
            for (var n = 1; n <= Recipients; n++)
            {
                for (var turn = 0; turn < sides.Count; turn++)
                {
                    var started = Stopwatch.GetTimestamp();
                    foreach (var statement in sides[turn].Of(kind).Statements) Run(connections[turn], Of(statement, kind, n));
                    times[turn].Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
                }
            }
            for (var turn = 0; turn < sides.Count; turn++)
            {
                sides[turn].Of(kind).SqlMicroseconds = Figures.Median(times[turn]);
                sides[turn].Of(kind).Plan = Plan(connections[turn], sides[turn].Of(kind).Statements);
            }
        }
        foreach (var connection in connections) await connection.DisposeAsync();
    }

    private async Task<MariaDbConnection> ConnectAsync()
    {
        var connection = new MariaDbConnection($"Socket={instance.DatabaseSocket};User={Environment.UserName};Database={database}");
        await connection.OpenAsync();
        return connection;
    }

    public void Print(LookupKind kind)
    {
        var cost = Of(kind);
        Console.WriteLine($"    {name}: answered {cost.Reply}");
        Figures.Print($"    {name}: statements up to the answer", cost.Statements.Count, "");
        Figures.Print($"    {name}: statements of a whole message", cost.OfMessage, "");
        Figures.Print($"    {name}: SQL", cost.SqlMicroseconds, "us");
        Figures.Print($"    {name}: RCPT, tables asked directly", cost.DirectMicroseconds, "us");
        Figures.Print($"    {name}: RCPT, tables asked through proxymap", cost.ProxiedMicroseconds, "us");
        Console.WriteLine($"    {name}: EXPLAIN {cost.Plan}");
    }

    private static async Task<string> ReplyAsync(SmtpDialogue smtp, string address) => (await smtp.ToAsync(address)).ToString().Replace(address, "", StringComparison.Ordinal);

    // No word of the statements contains either: they are prefix and number.
    private static string Of(string statement, LookupKind kind, int n) =>
        statement.Replace(kind.Local(0), kind.Local(n), StringComparison.Ordinal).Replace(kind.Domain(0), kind.Domain(n), StringComparison.Ordinal);

    private static void Run(MariaDbConnection connection, string statement)
    {
        using var command = new MariaDbCommand(statement, connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
        }
    }

    private static string Plan(MariaDbConnection connection, IEnumerable<string> statements)
    {
        var (types, most) = (new SortedDictionary<string, int>(StringComparer.Ordinal), 0L);
        foreach (var statement in statements)
        {
            using var command = new MariaDbCommand("EXPLAIN " + statement, connection);
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                // The rows of a UNION are no table; a plan that needs no table says so instead of a type.
                var type = reader["type"] as string ?? "none";
                if ((reader["table"] as string)?.StartsWith("<union", StringComparison.Ordinal) == true) continue;
                types[type] = types.GetValueOrDefault(type) + 1;
                if (reader["rows"] is not DBNull) most = Math.Max(most, Convert.ToInt64(reader["rows"], System.Globalization.CultureInfo.InvariantCulture));
            }
        }
        return $"{string.Join(", ", types.Select(t => $"{t.Value} {t.Key}"))}; at most {most} rows of a table";
    }
}
