using System.Runtime.CompilerServices;

namespace MariaDb.Client.Statements;

/// <summary>Typed access for generic code; the comparisons of types are decided when a method is compiled, so nothing is boxed.</summary>
internal static class FieldValues
{
    public static T Get<T>(PreparedStatement statement, int ordinal)
    {
        if (typeof(T) == typeof(long)) return As<long, T>(RowValues.Integer(statement, ordinal));
        if (typeof(T) == typeof(int)) return As<int, T>(checked((int)RowValues.Integer(statement, ordinal)));
        if (typeof(T) == typeof(bool)) return As<bool, T>(RowValues.Integer(statement, ordinal) != 0);
        if (typeof(T) == typeof(ulong)) return As<ulong, T>(RowValues.Unsigned(statement, ordinal));
        if (typeof(T) == typeof(uint)) return As<uint, T>(checked((uint)RowValues.Integer(statement, ordinal)));
        if (typeof(T) == typeof(short)) return As<short, T>(checked((short)RowValues.Integer(statement, ordinal)));
        if (typeof(T) == typeof(ushort)) return As<ushort, T>(checked((ushort)RowValues.Integer(statement, ordinal)));
        if (typeof(T) == typeof(byte)) return As<byte, T>(checked((byte)RowValues.Integer(statement, ordinal)));
        if (typeof(T) == typeof(sbyte)) return As<sbyte, T>(checked((sbyte)RowValues.Integer(statement, ordinal)));
        if (typeof(T) == typeof(double)) return As<double, T>(RowValues.Double(statement, ordinal));
        if (typeof(T) == typeof(float)) return As<float, T>((float)RowValues.Double(statement, ordinal));
        if (typeof(T) == typeof(decimal)) return As<decimal, T>(RowValues.Decimal(statement, ordinal));
        if (typeof(T) == typeof(DateTime)) return As<DateTime, T>(RowValues.DateTime(statement, ordinal));
        if (typeof(T) == typeof(DateTimeOffset)) return As<DateTimeOffset, T>(new(RowValues.DateTime(statement, ordinal), TimeSpan.Zero));
        if (typeof(T) == typeof(DateOnly)) return As<DateOnly, T>(DateOnly.FromDateTime(RowValues.DateTime(statement, ordinal)));
        if (typeof(T) == typeof(TimeSpan)) return As<TimeSpan, T>(RowValues.Time(statement, ordinal));
        if (typeof(T) == typeof(TimeOnly)) return As<TimeOnly, T>(TimeOnly.FromTimeSpan(RowValues.Time(statement, ordinal)));
        if (typeof(T) == typeof(Guid)) return As<Guid, T>(RowValues.Guid(statement, ordinal));
        if (typeof(T) == typeof(string)) return (T)(object)RowValues.Text(statement, ordinal);
        if (typeof(T) == typeof(byte[])) return (T)(object)RowValues.Bytes(statement, ordinal);
        if (typeof(T) == typeof(ReadOnlyMemory<byte>)) return As<ReadOnlyMemory<byte>, T>(RowValues.Bytes(statement, ordinal));
        if (typeof(T) == typeof(Stream)) return (T)(object)new MemoryStream(RowValues.Bytes(statement, ordinal), writable: false);
        if (typeof(T) == typeof(TextReader)) return (T)(object)new StringReader(RowValues.Text(statement, ordinal));
        return (T)RowValues.Boxed(statement, ordinal);
    }

    private static TTo As<TFrom, TTo>(TFrom value) => Unsafe.As<TFrom, TTo>(ref value);
}
