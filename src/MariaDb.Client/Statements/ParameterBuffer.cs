using System.Globalization;
using System.Text;
using MariaDb.Client.Native;

namespace MariaDb.Client.Statements;

/// <summary>The values of a statement's parameters as libmariadb wants them: an array of MYSQL_BIND, the data behind it.</summary>
internal sealed unsafe class ParameterBuffer
{
    /// <summary>Sign, 29 digits, point: decimal.MinValue with a scale.</summary>
    private const int LongestDecimal = 32;
    private const int GuidLength = 36;
    private NativeBlock block;
    private byte* end;

    /// <returns>The binds, null when there are none. Good until the next call.</returns>
    /// <exception cref="MariaDbException">A name without a parameter, or a value of a type that has no column type.</exception>
    public MySqlBind* Fill(IReadOnlyList<string> names, MariaDbParameterCollection parameters)
    {
        if (names.Count == 0) return null;
        var head = (nuint)(names.Count * sizeof(MySqlBind));
        var size = head;
        for (var i = 0; i < names.Count; i++) size += Room(parameters.Find(names[i], i).Value);
        block.Reserve(size);
        var binds = (MySqlBind*)block.Start;
        new Span<byte>(binds, (int)head).Clear();
        end = block.Start + head;
        for (var i = 0; i < names.Count; i++) Write(ref binds[i], parameters.Find(names[i], i).Value);
        return binds;
    }

    public void Free() => block.Free();

    private static nuint Room(object? value) => Aligned(value switch
    {
        string text => Encoding.UTF8.GetByteCount(text),
        byte[] bytes => bytes.Length,
        ReadOnlyMemory<byte> bytes => bytes.Length,
        Memory<byte> bytes => bytes.Length,
        decimal => LongestDecimal,
        Guid => GuidLength,
        DateTime or DateTimeOffset or DateOnly or TimeOnly or TimeSpan => sizeof(MySqlTime),
        _ => sizeof(ulong),
    });

    private static nuint Aligned(int size) => ((nuint)size + 7) & ~(nuint)7;

    private void Write(ref MySqlBind bind, object? value)
    {
        switch (value)
        {
            case null or DBNull: bind.BufferType = FieldType.Null; break;
            case string text: WriteText(ref bind, text); break;
            case bool flag: WriteInteger(ref bind, flag ? 1 : 0); break;
            case long number: WriteInteger(ref bind, number); break;
            case int number: WriteInteger(ref bind, number); break;
            case DateTime time: WriteTime(ref bind, FieldType.DateTime, Times.From(time)); break;
            case byte[] bytes: WriteBytes(ref bind, FieldType.Blob, bytes); break;
            case decimal number: WriteDecimal(ref bind, number); break;
            case Guid guid: WriteGuid(ref bind, guid); break;
            case double number: *(double*)Place(ref bind, FieldType.Double, sizeof(double)) = number; break;
            case float number: *(float*)Place(ref bind, FieldType.Float, sizeof(float)) = number; break;
            case Enum or ulong or uint or short or ushort or byte or sbyte: WriteOtherInteger(ref bind, value); break;
            case DateOnly date: WriteTime(ref bind, FieldType.Date, Times.From(date)); break;
            case DateTimeOffset time: WriteTime(ref bind, FieldType.DateTime, Times.From(time.UtcDateTime)); break;
            case TimeSpan span: WriteTime(ref bind, FieldType.Time, Times.From(span)); break;
            case TimeOnly time: WriteTime(ref bind, FieldType.Time, Times.From(time.ToTimeSpan())); break;
            case char letter: WriteText(ref bind, letter.ToString()); break;
            case ReadOnlyMemory<byte> bytes: WriteBytes(ref bind, FieldType.Blob, bytes.Span); break;
            case Memory<byte> bytes: WriteBytes(ref bind, FieldType.Blob, bytes.Span); break;
            default: throw new MariaDbException(0, "HY000", $"A parameter of type {value.GetType()} has no column type.");
        }
    }

    private byte* Place(ref MySqlBind bind, FieldType type, int length)
    {
        bind.BufferType = type;
        bind.Buffer = end;
        bind.BufferLength = (ulong)length;
        end += Aligned(length);
        return (byte*)bind.Buffer;
    }

    private void WriteInteger(ref MySqlBind bind, long number) => *(long*)Place(ref bind, FieldType.LongLong, sizeof(long)) = number;

    private void WriteOtherInteger(ref MySqlBind bind, object value)
    {
        if (Convert.GetTypeCode(value) == TypeCode.UInt64)
        {
            bind.IsUnsigned = 1;
            WriteInteger(ref bind, unchecked((long)Convert.ToUInt64(value, CultureInfo.InvariantCulture)));
        }
        else
        {
            WriteInteger(ref bind, Convert.ToInt64(value, CultureInfo.InvariantCulture));
        }
    }

    private void WriteText(ref MySqlBind bind, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, new Span<byte>(Place(ref bind, FieldType.VarString, length), length));
    }

    private void WriteBytes(ref MySqlBind bind, FieldType type, ReadOnlySpan<byte> bytes) =>
        bytes.CopyTo(new Span<byte>(Place(ref bind, type, bytes.Length), bytes.Length));

    private void WriteDecimal(ref MySqlBind bind, decimal number)
    {
        Span<byte> digits = stackalloc byte[LongestDecimal];
        number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        WriteBytes(ref bind, FieldType.NewDecimal, digits[..length]);
    }

    private void WriteGuid(ref MySqlBind bind, Guid guid)
    {
        Span<byte> text = stackalloc byte[GuidLength];
        guid.TryFormat(text, out _);
        WriteBytes(ref bind, FieldType.VarString, text);
    }

    private void WriteTime(ref MySqlBind bind, FieldType type, MySqlTime time) => *(MySqlTime*)Place(ref bind, type, sizeof(MySqlTime)) = time;
}
