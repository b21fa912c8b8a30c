using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MariaDb.Client.Statements;

/// <summary>Turns what lies in the row buffer into the types of .NET; a value that would lose something is refused.</summary>
internal static class RowValues
{
    private const int GuidBytes = 16;

    public static object Boxed(PreparedStatement statement, int ordinal)
    {
        var row = statement.Row;
        if (row.IsNull(ordinal)) return DBNull.Value;
        var column = row.Columns[ordinal];
        return column.Kind switch
        {
            ColumnKind.Boolean => row.Integer(ordinal) != 0,
            ColumnKind.Signed => Type.GetTypeCode(column.ClrType) switch
            {
                TypeCode.Int64 => row.Integer(ordinal),
                TypeCode.Int32 => (int)row.Integer(ordinal),
                TypeCode.Int16 => (short)row.Integer(ordinal),
                _ => (object)(sbyte)row.Integer(ordinal),
            },
            ColumnKind.Unsigned => Type.GetTypeCode(column.ClrType) switch
            {
                TypeCode.UInt64 => (ulong)row.Integer(ordinal),
                TypeCode.UInt32 => (uint)row.Integer(ordinal),
                TypeCode.UInt16 => (ushort)row.Integer(ordinal),
                _ => (object)(byte)row.Integer(ordinal),
            },
            ColumnKind.Single => row.Single(ordinal),
            ColumnKind.Double => row.Double(ordinal),
            ColumnKind.Decimal => Decimal(statement, ordinal),
            ColumnKind.Date => DateOnly.FromDateTime(DateTime(statement, ordinal)),
            ColumnKind.DateTime => DateTime(statement, ordinal),
            ColumnKind.Time => Time(statement, ordinal),
            ColumnKind.Bits => Bits(statement.Bytes(ordinal)),
            ColumnKind.Text => Text(statement, ordinal),
            _ => Bytes(statement, ordinal),
        };
    }

    public static long Integer(PreparedStatement statement, int ordinal)
    {
        var row = Demand(statement, ordinal);
        return row.Columns[ordinal].Kind switch
        {
            ColumnKind.Signed or ColumnKind.Boolean => row.Integer(ordinal),
            ColumnKind.Unsigned => checked((long)(ulong)row.Integer(ordinal)),
            ColumnKind.Bits => checked((long)Bits(statement.Bytes(ordinal))),
            ColumnKind.Decimal => Whole(Decimal(statement, ordinal)),
            _ => throw Mismatch(row.Columns[ordinal], "whole number"),
        };
    }

    public static ulong Unsigned(PreparedStatement statement, int ordinal)
    {
        var row = Demand(statement, ordinal);
        return row.Columns[ordinal].Kind switch
        {
            ColumnKind.Unsigned => (ulong)row.Integer(ordinal),
            ColumnKind.Bits => Bits(statement.Bytes(ordinal)),
            _ => checked((ulong)Integer(statement, ordinal)),
        };
    }

    public static double Double(PreparedStatement statement, int ordinal)
    {
        var row = Demand(statement, ordinal);
        return row.Columns[ordinal].Kind switch
        {
            ColumnKind.Double => row.Double(ordinal),
            ColumnKind.Single => row.Single(ordinal),
            ColumnKind.Decimal => (double)Decimal(statement, ordinal),
            _ => Integer(statement, ordinal),
        };
    }

    public static decimal Decimal(PreparedStatement statement, int ordinal)
    {
        var row = Demand(statement, ordinal);
        var column = row.Columns[ordinal];
        if (column.Kind == ColumnKind.Unsigned) return (ulong)row.Integer(ordinal);
        if (column.Kind != ColumnKind.Decimal) return Integer(statement, ordinal);
        var digits = statement.Bytes(ordinal);
        return Utf8Parser.TryParse(digits, out decimal number, out var used) && used == digits.Length
            ? number
            : throw new OverflowException($"Column {column.Name} holds {Encoding.ASCII.GetString(digits)}, which no decimal can.");
    }

    public static DateTime DateTime(PreparedStatement statement, int ordinal)
    {
        var row = Demand(statement, ordinal);
        var column = row.Columns[ordinal];
        if (column.Kind is not (ColumnKind.DateTime or ColumnKind.Date)) throw Mismatch(column, "date");
        var time = row.Time(ordinal);
        return Times.IsZero(time)
            ? throw new InvalidCastException($"Column {column.Name} holds {DateText(time)}, which is no date: select NULLIF({column.Name}, 0).")
            : Times.ToDateTime(time);
    }

    public static TimeSpan Time(PreparedStatement statement, int ordinal)
    {
        var row = Demand(statement, ordinal);
        return row.Columns[ordinal].Kind == ColumnKind.Time ? Times.ToTimeSpan(row.Time(ordinal)) : throw Mismatch(row.Columns[ordinal], "time");
    }

    /// <summary>Text; dates, times and exact numbers too, as the server would print them.</summary>
    public static string Text(PreparedStatement statement, int ordinal)
    {
        var row = Demand(statement, ordinal);
        var column = row.Columns[ordinal];
        return column.Kind switch
        {
            ColumnKind.Text or ColumnKind.Decimal => Encoding.UTF8.GetString(statement.Bytes(ordinal)),
            ColumnKind.Date => DateText(row.Time(ordinal)),
            ColumnKind.DateTime => $"{DateText(row.Time(ordinal))} {ClockText(row.Time(ordinal))}",
            ColumnKind.Time => Time(statement, ordinal).ToString("c", CultureInfo.InvariantCulture),
            _ => throw Mismatch(column, "text"),
        };
    }

    public static byte[] Bytes(PreparedStatement statement, int ordinal)
    {
        var column = Demand(statement, ordinal).Columns[ordinal];
        return column.Kind is ColumnKind.Bytes or ColumnKind.Text or ColumnKind.Bits ? statement.Bytes(ordinal).ToArray() : throw Mismatch(column, "bytes");
    }

    /// <summary>From the text that a UUID column gives, or from 16 bytes in the order of the text.</summary>
    public static Guid Guid(PreparedStatement statement, int ordinal)
    {
        var column = Demand(statement, ordinal).Columns[ordinal];
        var bytes = column.Kind is ColumnKind.Text or ColumnKind.Bytes ? statement.Bytes(ordinal) : throw Mismatch(column, "UUID");
        if (column.Kind == ColumnKind.Bytes && bytes.Length == GuidBytes) return new Guid(bytes, bigEndian: true);
        return Utf8Parser.TryParse(bytes, out Guid guid, out var used) && used == bytes.Length ? guid : throw Mismatch(column, "UUID");
    }

    private static RowBuffer Demand(PreparedStatement statement, int ordinal) => statement.Row.IsNull(ordinal)
        ? throw new InvalidCastException($"Column {statement.Row.Columns[ordinal].Name} is NULL; ask IsDBNull first.")
        : statement.Row;

    private static InvalidCastException Mismatch(ResultColumn column, string wanted) => new($"Column {column.Name} is {column.TypeName}, not a {wanted}.");

    private static long Whole(decimal number) => decimal.Truncate(number) == number
        ? checked((long)number)
        : throw new InvalidCastException(string.Create(CultureInfo.InvariantCulture, $"{number} is not a whole number."));

    private static ulong Bits(ReadOnlySpan<byte> bytes)
    {
        Span<byte> all = stackalloc byte[sizeof(ulong)];
        all.Clear();
        bytes.CopyTo(all[(sizeof(ulong) - bytes.Length)..]);
        return BinaryPrimitives.ReadUInt64BigEndian(all);
    }

    private static string DateText(in Native.MySqlTime time) => string.Create(CultureInfo.InvariantCulture, $"{time.Year:0000}-{time.Month:00}-{time.Day:00}");

    private static string ClockText(in Native.MySqlTime time) => time.SecondPart == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}:{time.Second:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}:{time.Second:00}.{time.SecondPart:000000}");
}
