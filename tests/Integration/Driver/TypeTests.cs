using System.Globalization;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

public sealed class TypeTests(DriverDatabase database) : IClassFixture<DriverDatabase>
{
    /// <summary>Column type, a value of .NET, and how the mariadb client prints it.</summary>
    public static TheoryData<string, object, string> Written => new()
    {
        { "bigint", long.MinValue, "-9223372036854775808" },
        { "bigint unsigned", ulong.MaxValue, "18446744073709551615" },
        { "int", int.MinValue, "-2147483648" },
        { "int unsigned", uint.MaxValue, "4294967295" },
        { "mediumint", 8388607, "8388607" },
        { "smallint", short.MinValue, "-32768" },
        { "smallint unsigned", ushort.MaxValue, "65535" },
        { "tinyint", sbyte.MinValue, "-128" },
        { "tinyint unsigned", byte.MaxValue, "255" },
        { "tinyint(1)", true, "1" },
        { "tinyint(1)", false, "0" },
        { "float", 1.5f, "1.5" },
        { "double", -0.1, "-0.1" },
        { "decimal(29,0)", decimal.MaxValue, "79228162514264337593543950335" },
        { "decimal(20,6)", -12345678901234.567891m, "-12345678901234.567891" },
        { "varchar(20)", "Ünï 😀", "Ünï 😀" },
        { "varchar(20)", "", "" },
        { "char(5)", "abc", "abc" },
        { "longtext", "text", "text" },
        { "json", "{\"a\": [1, 2]}", "{\"a\": [1, 2]}" },
        { "enum('mailbox','catch_all')", "catch_all", "catch_all" },
        { "uuid", new Guid("01234567-89ab-4def-8123-456789abcdef"), "01234567-89ab-4def-8123-456789abcdef" },
        { "inet6", "2001:db8::1", "2001:db8::1" },
        { "date", new DateOnly(2024, 2, 29), "2024-02-29" },
        { "datetime(6)", new DateTime(2026, 11, 20, 23, 59, 59, 999, 999), "2026-11-20 23:59:59.999999" },
        { "datetime", new DateTime(1000, 1, 1, 0, 0, 0), "1000-01-01 00:00:00" },
        { "time(6)", new TimeSpan(0, 838, 59, 58, 999, 1), "838:59:58.999001" },
        { "time", -new TimeSpan(1, 2, 3), "-01:02:03" },
        { "year", (short)2026, "2026" },
    };

    [MariaDbTheory]
    [MemberData(nameof(Written))]
    public async Task A_value_is_stored_as_it_is_and_read_back_as_the_same_type(string type, object value, string printed)
    {
        using var connection = database.Open();
        connection.Execute($"CREATE OR REPLACE TABLE written (v {type})");

        connection.Execute("INSERT INTO written VALUES (@v)", ("v", value));

        Assert.Equal(printed, await database.AskAsync("SELECT v FROM written"));
        using var reader = connection.Command("SELECT v, v AS again FROM written").ExecuteReader();
        Assert.True(reader.Read());
        Assert.False(reader.IsDBNull(0));
        if (value is Guid guid)
        {
            Assert.Equal(guid, reader.GetGuid(0));
            return;
        }
        Assert.Equal(value, reader.GetValue(0));
        Assert.Equal(value.GetType(), reader.GetFieldType(1));
    }

    [MariaDbTheory]
    [InlineData("bigint")]
    [InlineData("varchar(20)")]
    [InlineData("datetime(6)")]
    [InlineData("longblob")]
    [InlineData("decimal(20,6)")]
    [InlineData("tinyint(1)")]
    public void Null_goes_in_and_comes_out(string type)
    {
        using var connection = database.Open();
        connection.Execute($"CREATE OR REPLACE TABLE nothing (v {type})");

        connection.Execute("INSERT INTO nothing VALUES (@a), (@b)", ("a", null), ("b", DBNull.Value));

        using var reader = connection.Command("SELECT v FROM nothing").ExecuteReader();
        for (var row = 0; row < 2; row++)
        {
            Assert.True(reader.Read());
            Assert.True(reader.IsDBNull(0));
            Assert.Equal(DBNull.Value, reader.GetValue(0));
            Assert.Throws<InvalidCastException>(() => reader.GetString(0));
        }
    }

    [MariaDbTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(70_000)]
    [InlineData(3_000_000)]
    [InlineData(17_000_000)]
    public async Task Bytes_of_any_length_come_back_as_they_went(int length)
    {
        using var connection = database.Open();
        connection.Execute("CREATE OR REPLACE TABLE blobs (b longblob, t longtext, n int)");
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var text = new string('ß', length / 2);

        connection.Execute("INSERT INTO blobs VALUES (@b, @t, 7), (@small, 'x', 8)", ("b", bytes), ("t", text), ("small", new byte[] { 9 }));

        var digest = await database.AskAsync("SELECT CONCAT(LENGTH(b), ' ', LENGTH(t), ' ', MD5(b)) FROM blobs WHERE n = 7");
        Assert.Equal($"{length} {length / 2 * 2} {Md5(bytes)}", digest);
        using var reader = connection.Command("SELECT b, t, b, n FROM blobs ORDER BY n").ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(bytes, reader.GetFieldValue<byte[]>(0));
        Assert.Equal(text, reader.GetString(1));
        Assert.Equal(bytes, reader.GetFieldValue<byte[]>(2));
        Assert.Equal(7, reader.GetInt32(3));
        Assert.True(reader.Read());
        Assert.Equal([9], (byte[])reader.GetValue(0));
        Assert.Equal("x", reader.GetString(1));
    }

    [MariaDbFact]
    public void Numbers_convert_where_nothing_is_lost_and_are_refused_where_something_would_be()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE bit_column (bits bit(12))");
        connection.Execute("INSERT INTO bit_column VALUES (b'100000000101')");
        using var reader = connection.Command("SELECT COUNT(*), SUM(seq), AVG(seq), 300, bits, CAST(18446744073709551615 AS UNSIGNED) FROM seq_1_to_4, bit_column").ExecuteReader();
        Assert.True(reader.Read());

        Assert.Equal(4, reader.GetInt32(0));
        Assert.Equal(10L, reader.GetInt64(1));
        Assert.Equal(2.5m, reader.GetDecimal(2));
        Assert.Equal(2.5, reader.GetDouble(2));
        Assert.True(reader.GetBoolean(0));
        Assert.Equal(2053UL, reader.GetFieldValue<ulong>(4));
        Assert.Equal(ulong.MaxValue, reader.GetFieldValue<ulong>(5));
        Assert.Throws<InvalidCastException>(() => reader.GetInt64(2));
        Assert.Throws<OverflowException>(() => reader.GetByte(3));
        Assert.Throws<OverflowException>(() => reader.GetInt64(5));
        Assert.Throws<InvalidCastException>(() => reader.GetDateTime(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetValue(6));
    }

    [MariaDbFact]
    public async Task A_date_that_no_calendar_has_is_readable_as_text_and_says_what_to_do()
    {
        await database.AskAsync("CREATE TABLE zero (d datetime, e date); SET sql_mode=''; INSERT INTO zero VALUES ('0000-00-00 00:00:00', '2020-00-00')");
        using var connection = database.Open();
        using var reader = connection.Command("SELECT d, e, NULLIF(d, 0) FROM zero").ExecuteReader();
        Assert.True(reader.Read());

        var error = Assert.Throws<InvalidCastException>(() => reader.GetDateTime(0));

        Assert.Equal("Column d holds 0000-00-00, which is no date: select NULLIF(d, 0).", error.Message);
        Assert.Equal("0000-00-00 00:00:00", reader.GetString(0));
        Assert.Equal("2020-00-00", reader.GetString(1));
        Assert.True(reader.IsDBNull(2));
    }

    [MariaDbFact]
    public async Task Enums_offsets_and_memory_are_stored_by_their_value()
    {
        using var connection = database.Open();
        connection.Execute("CREATE TABLE others (e int, o datetime(6), m varbinary(10), c char(1), t time, g binary(16))");
        var guid = new Guid("01234567-89ab-cdef-0123-456789abcdef");

        connection.Execute(
            "INSERT INTO others VALUES (@e, @o, @m, @c, @t, @g)",
            ("e", DayOfWeek.Friday), ("o", new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(2))), ("m", new ReadOnlyMemory<byte>([65, 66, 67], 1, 2)),
            ("c", 'ß'), ("t", new TimeOnly(23, 5)), ("g", guid.ToByteArray(bigEndian: true)));

        Assert.Equal("5\t2025-12-31 23:00:00.000000\tBC\tß\t23:05:00\t0123456789ABCDEF0123456789ABCDEF", await database.AskAsync("SELECT e, o, m, c, t, HEX(g) FROM others"));
        using var reader = connection.Command("SELECT o, t, g, c FROM others").ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 23, 0, 0, TimeSpan.Zero), reader.GetFieldValue<DateTimeOffset>(0));
        Assert.Equal(new TimeOnly(23, 5), reader.GetFieldValue<TimeOnly>(1));
        Assert.Equal(guid, reader.GetGuid(2));
        Assert.Equal('ß', reader.GetChar(3));
    }

    [MariaDbFact]
    public void A_type_without_a_column_type_is_refused()
    {
        using var connection = database.Open();

        var error = Assert.Throws<MariaDbException>(() => connection.Scalar("SELECT @v", ("v", new Version(1, 2))));

        Assert.Equal("A parameter of type System.Version has no column type.", error.Message);
    }

    [MariaDbFact]
    public async Task A_server_in_another_zone_gives_utc_all_the_same()
    {
        await using var server = await PrivateMariaDb.StartAsync(new() { TimeZone = "+05:30" });
        using var connection = new MariaDbConnection(server.ConnectionString(""));
        connection.Open();

        var difference = (DateTime)connection.Scalar("SELECT NOW(6)")! - DateTime.UtcNow;
        var epoch = connection.Scalar("SELECT FROM_UNIXTIME(0)");

        Assert.InRange(difference, TimeSpan.FromSeconds(-30), TimeSpan.FromSeconds(30));
        Assert.Equal(new DateTime(1970, 1, 1), Convert.ToDateTime(epoch, CultureInfo.InvariantCulture));
    }

    /// <summary>With this common line in my.cnf the server does not heed the character set that a client asks for.</summary>
    [MariaDbFact]
    public async Task A_server_that_forces_its_own_character_set_on_clients_stores_text_as_it_is()
    {
        await using var server = await PrivateMariaDb.StartAsync(new()
        {
            Arguments = ["--skip-character-set-client-handshake", "--character-set-server=latin1", "--collation-server=latin1_swedish_ci"],
        });
        for (var round = 0; round < 2; round++)
        {
            using var connection = new MariaDbConnection(server.ConnectionString("") + ";MaxPoolSize=1");
            connection.Open();

            Assert.Equal("F09F9880", connection.Scalar("SELECT HEX(@v)", ("v", "😀")));
            Assert.Equal("Ünï 😀", connection.Scalar("SELECT 'Ünï 😀'"));
            // The second round gets this connection after a reset.
            connection.Execute("SET @`trace` = 1");
        }
    }

    private static string Md5(byte[] bytes)
    {
#pragma warning disable CA5351 // Compared with MariaDB's MD5(), nothing secret.
        return Convert.ToHexString(System.Security.Cryptography.MD5.HashData(bytes)).ToLowerInvariant();
#pragma warning restore CA5351
    }
}
