using AdminPanel.Tests.Support;
using MariaDb.Client;
using MariaDb.Client.Sql;
using Xunit;
using Xunit.Abstractions;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>What the driver takes for a parameter is what the server would not have taken for something else.</summary>
public sealed class SqlTextTests(DriverDatabase database, ITestOutputHelper output) : IClassFixture<DriverDatabase>
{
    /// <summary>Pieces of SQL and what the server makes of them, with p = "value" and n = 2.</summary>
    private static readonly (string Sql, string Value)[] Pieces =
    [
        ("@p", "value"),
        ("@P", "value"),
        ("@p/* @q ? ' */", "value"),
        ("@p -- @q ? '\n", "value"),
        ("@p# @q ? \"\n", "value"),
        ("'@a'", "@a"),
        ("'it''s @a ?'", "it's @a ?"),
        ("'\\' @a \\\\'", "' @a \\"),
        ("\"\\\" @a ? ''\"", "\" @a ? ''"),
        ("'-- no comment'", "-- no comment"),
        ("'/* none either'", "/* none either"),
        ("1--@n", "3"),
        ("4-@n", "2"),
        ("LEFT(@@version, 0)", ""),
        ("LEFT(@@global.version, 0)", ""),
        ("(SELECT `@c?` FROM (SELECT 'x' AS `@c?`) `t'1`)", "x"),
        ("CONCAT('ß@é', @p)", "ß@évalue"),
        ("1e0+@n", "3"),
    ];

    [MariaDbFact]
    public void Two_thousand_random_statements_mean_to_the_driver_what_they_mean_to_the_server()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var connection = database.Open();

        for (var round = 0; round < 2000; round++)
        {
            var pieces = random.GetItems(Pieces, random.Next(1, 8));
            using var command = connection.Command("SELECT " + string.Join(",", pieces.Select(piece => piece.Sql)), ("@p", "value"), ("n", 2));
            using var reader = command.ExecuteReader();
            Assert.True(reader.Read());
            for (var i = 0; i < pieces.Length; i++) Assert.Equal(pieces[i].Value, Convert.ToString(reader.GetValue(i)));
        }
    }

    [Theory]
    [InlineData("SELECT 1", false)]
    [InlineData("  -- first\n (SELECT 1) UNION (SELECT 2)", false)]
    [InlineData("INSERT INTO t VALUES (@v)", false)]
    [InlineData("SELECT 'GET_LOCK'", false)]
    [InlineData("SELECT GET_LOCK('a', 1)", true)]
    [InlineData("SELECT @`user` := 1", true)]
    [InlineData("SET time_zone = 'x'", true)]
    [InlineData("SELECT /*! SQL_NO_CACHE */ 1", true)]
    [InlineData("SELECT /*M!100000 1, */ 1", true)]
    [InlineData("CREATE TEMPORARY TABLE t (id int)", true)]
    [InlineData("CALL anything()", true)]
    [InlineData("", true)]
    public void A_statement_that_may_change_the_session_is_known(string sql, bool leavesTraces) =>
        Assert.Equal(leavesTraces, SqlText.Parse(sql).LeavesTraces);

    [Fact]
    public void A_bare_question_mark_is_refused_with_the_way_to_write_it()
    {
        var error = Assert.Throws<MariaDbException>(() => SqlText.Parse("SELECT ?"));

        Assert.Equal("Positional parameters (?) are not supported: name them, as in @name.", error.Message);
    }
}
