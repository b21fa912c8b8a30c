using System.Data;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

public sealed class CommandTests(DriverDatabase database) : IClassFixture<DriverDatabase>
{
    [MariaDbFact]
    public void Named_parameters_are_found_whatever_their_order_and_number()
    {
        using var connection = database.Open();

        var text = connection.Scalar("SELECT CONCAT(@b, '-', @a, '-', @B)", ("@a", "first"), ("b", "second"));

        Assert.Equal("second-first-second", text);
    }

    [MariaDbFact]
    public void What_only_looks_like_a_parameter_is_left_alone()
    {
        using var connection = database.Open();

        var row = connection.Scalar(
            "SELECT CONCAT('@no', \"@no\", '''@no', '\\'@no', @@max_allowed_packet > 0, `@no`) -- @no\n FROM (SELECT @yes AS `@no` /* @no ? */) t # @no", ("yes", "yes"));

        Assert.Equal("@no@no'@no'@no1yes", row);
    }

    [MariaDbFact]
    public void A_name_without_a_parameter_is_refused_before_anything_runs()
    {
        using var connection = database.Open();

        var error = Assert.Throws<MariaDbException>(() => connection.Scalar("SELECT @missing"));

        Assert.Equal("The statement names @missing, and the command has no such parameter.", error.Message);
        Assert.Equal(7, connection.Scalar("SELECT 7"));
    }

    [MariaDbFact]
    public async Task Rows_that_the_driver_writes_are_what_another_program_reads()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE people (id bigint AUTO_INCREMENT PRIMARY KEY, name varchar(50), born date)");

        var changed = connection.Execute("INSERT INTO people (name, born) VALUES (@n, @b), ('Bob', NULL)", ("n", "Zoë 😀"), ("b", new DateOnly(1990, 2, 28)));

        Assert.Equal(2, changed);
        Assert.Equal("1\tZoë 😀\t1990-02-28\n2\tBob\tNULL", await database.AskAsync("SELECT * FROM people ORDER BY id"));
    }

    [MariaDbFact]
    public void Insert_returning_gives_the_new_keys()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE returning_keys (id bigint AUTO_INCREMENT PRIMARY KEY, name varchar(50))");

        using var command = connection.Command("INSERT INTO returning_keys (name) VALUES (@a), (@b) RETURNING id, name", ("a", "x"), ("b", "y"));
        using var reader = command.ExecuteReader();

        Assert.True(reader.Read());
        Assert.Equal((1L, "x"), (reader.GetInt64(0), reader.GetString(1)));
        Assert.True(reader.Read());
        Assert.Equal((2L, "y"), (reader.GetInt64(0), reader.GetString(1)));
        Assert.False(reader.Read());
    }

    [MariaDbFact]
    public void An_update_counts_the_rows_it_found_and_not_those_it_changed()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE found_rows (id int PRIMARY KEY, v int)");
        connection.Execute("INSERT INTO found_rows VALUES (1, 5), (2, 5), (3, 6)");

        Assert.Equal(2, connection.Execute("UPDATE found_rows SET v = 5 WHERE v = @v", ("v", 5)));
        Assert.Equal(0, connection.Execute("UPDATE found_rows SET v = 5 WHERE v = @v", ("v", 9)));
    }

    [MariaDbFact]
    public void A_procedure_answers_several_results()
    {
        using var connection = database.Open();
        connection.Execute("CREATE PROCEDURE several() BEGIN SELECT 1 AS a UNION SELECT 2; SELECT 'x' AS b; DO 0; END");

        using var command = connection.Command("CALL several()");
        using var reader = command.ExecuteReader();

        Assert.True(reader.Read());
        Assert.Equal(1, reader.GetInt32(0));
        Assert.True(reader.NextResult());
        Assert.True(reader.Read());
        Assert.Equal("x", reader.GetString(reader.GetOrdinal("b")));
        while (reader.NextResult()) Assert.Equal(0, reader.FieldCount);
        reader.Close();
        Assert.Equal(3, connection.Scalar("SELECT 3"));
    }

    [MariaDbFact]
    public void A_reader_closed_early_leaves_the_connection_usable()
    {
        using var connection = database.Open();

        using (var reader = connection.Command("SELECT seq, REPEAT('x', 200) FROM seq_1_to_50000").ExecuteReader())
        {
            Assert.True(reader.HasRows);
            Assert.True(reader.Read());
            Assert.Equal(1L, reader.GetInt64(0));
        }

        Assert.Equal(4, connection.Scalar("SELECT 4"));
    }

    [MariaDbFact]
    public void A_second_reader_on_one_connection_is_refused()
    {
        using var connection = database.Open();
        using var reader = connection.Command("SELECT 1").ExecuteReader();

        Assert.Throws<InvalidOperationException>(() => connection.Scalar("SELECT 2"));
    }

    [MariaDbFact]
    public void A_statement_stays_right_when_its_table_changes_between_two_executions()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE altered (a int)");
        connection.Execute("INSERT INTO altered VALUES (1), (2), (3)");
        using var command = connection.Command("SELECT * FROM altered");
        Assert.Equal(1, command.ExecuteScalar());

        connection.Execute("ALTER TABLE altered MODIFY a varchar(20), ADD b int DEFAULT 9");

        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(("1", 9), (reader.GetString(0), reader.GetInt32(1)));
    }

    [MariaDbFact]
    public void Two_statements_in_one_command_are_refused()
    {
        using var connection = database.Open();

        var error = Assert.Throws<MariaDbException>(() => connection.Execute("DO 1; DO 2"));

        Assert.Equal(MariaDbErrorCode.SyntaxError, error.Number);
    }

    [MariaDbFact]
    public void More_statements_than_the_cache_holds_are_all_answered()
    {
        using var connection = database.Open();

        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 250; i++) Assert.Equal(i, connection.Scalar($"SELECT {i}"));
        }

        var open = connection.Scalar("SELECT CAST(VARIABLE_VALUE AS int) FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'COM_STMT_CLOSE'");
        Assert.InRange(Convert.ToInt32(open), 390, 401);
    }

    [MariaDbFact]
    public void A_closed_connection_says_so()
    {
        using var connection = new MariaDbConnection(database.ConnectionString);

        Assert.Equal(ConnectionState.Closed, connection.State);
        Assert.Throws<InvalidOperationException>(() => connection.Scalar("SELECT 1"));
    }

    /// <summary>The library reads as many values as the server counts places; one more than the driver filled was memory of somebody else.</summary>
    [MariaDbTheory]
    [InlineData("SELECT CONCAT(@a /*! , ?, ?, ?, ? */)")]
    [InlineData("SELECT CONCAT(@a /*M! , ? */)")]
    [InlineData("SELECT /*! ? */")]
    public void A_place_for_a_value_that_the_driver_did_not_see_is_refused(string sql)
    {
        using var connection = database.Open();

        var error = Assert.Throws<MariaDbException>(() => connection.Scalar(sql, ("a", "x")));

        Assert.Equal("07001", error.SqlState);
        Assert.Equal(1, connection.Scalar("SELECT 1"));
    }

    [MariaDbFact]
    public async Task A_column_that_grows_between_two_executions_is_read_whole()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE grown (a int)");
        connection.Execute("INSERT INTO grown SELECT seq FROM seq_1_to_5000");
        using var command = connection.Command("SELECT * FROM grown ORDER BY 1");
        Assert.Equal(1, command.ExecuteScalar());
        var text = new string('x', 1900);

        await database.AskAsync("ALTER TABLE grown MODIFY a varchar(2000)");
        Assert.Equal("1", command.ExecuteScalar());
        await database.AskAsync("UPDATE grown SET a = REPEAT('x', 1900)");
        Assert.Equal(text, command.ExecuteScalar());
        await database.AskAsync("ALTER TABLE grown MODIFY a longtext, ADD b int");
        Assert.Equal(text, command.ExecuteScalar());
        await database.AskAsync("ALTER TABLE grown DROP b");
        Assert.Equal(text, command.ExecuteScalar());
    }

    [MariaDbFact]
    public async Task A_change_whose_answer_cannot_be_read_is_not_reported_as_undone()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE returned (a int)");
        using var command = connection.Command("INSERT INTO returned (a) VALUES (@a) RETURNING *", ("a", 1));
        Assert.Equal(1, command.ExecuteScalar());
        await database.AskAsync("ALTER TABLE returned ADD b int");

        Assert.Throws<MariaDbCommitUnknownException>(() => command.ExecuteScalar());

        Assert.Equal("2", await database.AskAsync("SELECT COUNT(*) FROM returned"));
    }
}
