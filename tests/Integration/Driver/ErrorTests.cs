using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

public sealed class ErrorTests(DriverDatabase database) : IClassFixture<DriverDatabase>
{
    [MariaDbTheory]
    [InlineData("INSERT INTO strict VALUES (1, 1, 'a')", 1062, "23000")]
    [InlineData("INSERT INTO strict VALUES (2, 300, 'a')", 1264, "22003")]
    [InlineData("INSERT INTO strict VALUES (2, 1, 'too long')", 1406, "22001")]
    [InlineData("INSERT INTO strict VALUES (2, 1, NULL)", 1048, "23000")]
    [InlineData("INSERT INTO strict VALUES (-1, 1, 'a')", 4025, "23000")]
    [InlineData("SELEC 1", 1064, "42000")]
    [InlineData("SELECT * FROM nowhere", 1146, "42S02")]
    public void The_server_s_error_arrives_with_number_and_state_and_the_connection_stays(string sql, int number, string state)
    {
        using var connection = database.Open();
        connection.Execute("CREATE OR REPLACE TABLE strict (id int PRIMARY KEY CHECK (id > 0), small tinyint, text varchar(5) NOT NULL)");
        connection.Execute("INSERT INTO strict VALUES (1, 1, 'a')");

        for (var round = 0; round < 3; round++)
        {
            var error = Assert.Throws<MariaDbException>(() => connection.Execute(sql));

            Assert.Equal((number, number, state, false), (error.Number, error.ErrorCode, error.SqlState, error.IsTransient));
        }
        Assert.Equal(1L, connection.Scalar("SELECT COUNT(*) FROM strict"));
    }

    [MariaDbFact]
    public void A_wrong_password_is_refused()
    {
        using var connection = new MariaDbConnection($"{database.ConnectionString};Password=wrong");

        var error = Assert.Throws<MariaDbException>(connection.Open);

        Assert.Equal((MariaDbErrorCode.AccessDenied, "28000", false), (error.Number, error.SqlState, error.IsTransient));
    }

    [MariaDbFact]
    public void A_server_that_is_not_there_is_transient()
    {
        using var connection = new MariaDbConnection("Socket=/nonexistent/socket;User=root");

        var error = Assert.Throws<MariaDbException>(connection.Open);

        Assert.Equal((MariaDbErrorCode.SocketConnectFailed, true), (error.Number, error.IsTransient));
    }

    [MariaDbFact]
    public void An_error_in_the_middle_of_the_rows_is_told_and_leaves_the_connection_usable()
    {
        using var connection = database.Open();
        using (var reader = connection.Command("SELECT seq, (SELECT 1 UNION SELECT 2 FROM seq_1_to_2 WHERE s.seq = 20000) FROM seq_1_to_30000 s").ExecuteReader())
        {
            var error = Assert.Throws<MariaDbException>(() => { while (reader.Read()) { } });

            Assert.Equal(1242, error.Number);
        }

        Assert.Equal(5, connection.Scalar("SELECT 5"));
    }

    [MariaDbTheory]
    [InlineData("Sever=x", "The connection string has no key \"sever\"; it knows Server, Port, Socket, Database, User, Password, SslMode, SslCa, Pooling, MaxPoolSize, IdleTimeout, ConnectTimeout, CommandTimeout. (Parameter 'keyword')")]
    [InlineData("Server=x;Port=many", "Port is a whole number, not \"many\".")]
    [InlineData("Server=x;SslMode=Preferred", "SslMode is None, Required or VerifyFull, not \"Preferred\".")]
    [InlineData("Server=x;Pooling=maybe", "Pooling is true or false, not \"maybe\".")]
    [InlineData("Server=x:y", "\"x:y\" is not a host or host:port.")]
    public void A_slip_in_the_connection_string_is_named(string text, string message)
    {
        using var connection = new MariaDbConnection(text);

        var error = Record.Exception(connection.Open);

        Assert.Equal(message, error?.Message);
    }
}
