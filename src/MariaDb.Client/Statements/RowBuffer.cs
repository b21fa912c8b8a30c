using System.Runtime.CompilerServices;
using MariaDb.Client.Native;

namespace MariaDb.Client.Statements;

/// <summary>Where libmariadb puts the current row: one native block with the binds, lengths, null marks and values of all columns.</summary>
internal sealed unsafe class RowBuffer
{
    private NativeBlock block;
    private NativeBlock longBlock;
    private int longColumn = -1;
    private ulong* lengths;
    private byte* nulls;
    private byte*[] values = [];

    public ResultColumn[] Columns { get; private set; } = [];

    /// <returns>The binds for mysql_stmt_bind_result.</returns>
    public MySqlBind* Describe(MySqlField* fields, int count)
    {
        if (!Fits(fields, count))
        {
            var columns = new ResultColumn[count];
            for (var i = 0; i < count; i++) columns[i] = new ResultColumn(fields[i]);
            Columns = columns;
            Arrange();
        }
        return (MySqlBind*)block.Start;
    }

    public bool IsNull(int column)
    {
        Check(column);
        return nulls[column] != 0;
    }

    /// <summary>For the kinds Signed, Unsigned and Boolean.</summary>
    public long Integer(int column) => *(long*)values[column];

    public float Single(int column) => *(float*)values[column];

    public double Double(int column) => *(double*)values[column];

    public MySqlTime Time(int column) => *(MySqlTime*)values[column];

    /// <returns>False when the value did not fit and has to be fetched by itself.</returns>
    public bool TryGetBytes(int column, out ReadOnlySpan<byte> bytes)
    {
        Check(column);
        if (column == longColumn)
        {
            bytes = LongValue(column);
            return true;
        }
        bytes = new ReadOnlySpan<byte>(values[column], (int)Math.Min(lengths[column], (ulong)Columns[column].Capacity));
        return lengths[column] <= (ulong)Columns[column].Capacity;
    }

    /// <summary>Where a long value is fetched to; it stays until the next row or the next long value.</summary>
    public MySqlBind LongValueBind(int column)
    {
        longBlock.Reserve((nuint)lengths[column]);
        longColumn = column;
        return new MySqlBind { Buffer = longBlock.Start, BufferLength = lengths[column], BufferType = Columns[column].BindType, Length = lengths + column };
    }

    public ReadOnlySpan<byte> LongValue(int column) => new(longBlock.Start, checked((int)lengths[column]));

    /// <summary>Before the next row.</summary>
    public void Forget() => longColumn = -1;

    /// <summary>After the last row: memory that one large value took is not kept for the session's life.</summary>
    public void Shrink()
    {
        Forget();
        longBlock.Free();
    }

    public void Free()
    {
        longBlock.Free();
        block.Free();
        Columns = [];
        values = [];
    }

    private static nuint Aligned(nuint size) => (size + 7) & ~(nuint)7;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(int column) => ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)values.Length, nameof(column));

    private bool Fits(MySqlField* fields, int count)
    {
        if (Columns.Length != count) return false;
        for (var i = 0; i < count; i++)
        {
            if (!Columns[i].Fits(fields[i])) return false;
        }
        return true;
    }

    private void Arrange()
    {
        var count = (nuint)Columns.Length;
        var lengthsAt = count * (nuint)sizeof(MySqlBind);
        var nullsAt = lengthsAt + (count * sizeof(ulong));
        var valuesAt = Aligned(nullsAt + count);
        var size = valuesAt;
        foreach (var column in Columns) size += Aligned((nuint)column.Capacity);
        block.Free();
        block.Reserve(size);

        lengths = (ulong*)(block.Start + lengthsAt);
        nulls = block.Start + nullsAt;
        values = new byte*[Columns.Length];
        var binds = (MySqlBind*)block.Start;
        var next = block.Start + valuesAt;
        for (var i = 0; i < Columns.Length; i++)
        {
            var column = Columns[i];
            values[i] = next;
            binds[i] = new MySqlBind
            {
                Buffer = next,
                BufferLength = (ulong)column.Capacity,
                BufferType = column.BindType,
                IsUnsigned = column.IsUnsigned ? (byte)1 : (byte)0,
                Length = lengths + i,
                IsNull = nulls + i,
            };
            next += Aligned((nuint)column.Capacity);
        }
    }
}
