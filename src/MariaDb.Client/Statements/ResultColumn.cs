using System.Text;
using MariaDb.Client.Native;

namespace MariaDb.Client.Statements;

/// <summary>How a column's value lies in the row buffer.</summary>
internal enum ColumnKind
{
    Signed,
    Unsigned,
    Boolean,
    Single,
    Double,
    Decimal,
    Date,
    DateTime,
    Time,
    Text,
    Bytes,
    Bits,
}

/// <summary>One column of a result: its name, what it is in .NET, and the buffer it needs.</summary>
internal sealed unsafe class ResultColumn
{
    /// <summary>Longer values are fetched a second time into a buffer of their size.</summary>
    private const ulong LongestInPlace = 1024;

    private readonly byte[] utf8Name;
    private readonly (FieldType Type, uint Flags, ulong Length, uint CharacterSet) source;

    public ResultColumn(MySqlField field)
    {
        utf8Name = new ReadOnlySpan<byte>(field.Name, (int)field.NameLength).ToArray();
        source = (field.Type, field.Flags, field.Length, field.CharacterSet);
        Name = Encoding.UTF8.GetString(utf8Name);
        IsUnsigned = (field.Flags & NativeConstants.UnsignedFlag) != 0;
        var isText = field.CharacterSet != NativeConstants.BinaryCharacterSet;
        (Kind, ClrType, TypeName) = Describe(field.Type, IsUnsigned, isText, field.Length);
        (BindType, Capacity) = Kind switch
        {
            ColumnKind.Signed or ColumnKind.Unsigned or ColumnKind.Boolean => (FieldType.LongLong, sizeof(long)),
            ColumnKind.Single => (FieldType.Float, sizeof(float)),
            ColumnKind.Double => (FieldType.Double, sizeof(double)),
            ColumnKind.Date => (FieldType.Date, sizeof(MySqlTime)),
            ColumnKind.DateTime => (FieldType.DateTime, sizeof(MySqlTime)),
            ColumnKind.Time => (FieldType.Time, sizeof(MySqlTime)),
            ColumnKind.Text or ColumnKind.Decimal => (FieldType.String, (int)Math.Min(field.Length + 1, LongestInPlace)),
            _ => (FieldType.Blob, (int)Math.Min(field.Length + 1, LongestInPlace)),
        };
    }

    public string Name { get; }

    public ColumnKind Kind { get; }

    public Type ClrType { get; }

    /// <summary>The server's word for it.</summary>
    public string TypeName { get; }

    public bool IsUnsigned { get; }

    public FieldType BindType { get; }

    /// <summary>Bytes.</summary>
    public int Capacity { get; }

    /// <summary>Whether this still describes the column; an ALTER TABLE between two executions changes it.</summary>
    public bool Fits(in MySqlField field) => source == (field.Type, field.Flags, field.Length, field.CharacterSet)
        && new ReadOnlySpan<byte>(field.Name, (int)field.NameLength).SequenceEqual(utf8Name);

    private static (ColumnKind Kind, Type ClrType, string TypeName) Describe(FieldType type, bool isUnsigned, bool isText, ulong length) => type switch
    {
        FieldType.Tiny when length == 1 && !isUnsigned => (ColumnKind.Boolean, typeof(bool), "BOOLEAN"),
        FieldType.Tiny => Integer(isUnsigned, typeof(sbyte), typeof(byte), "TINYINT"),
        FieldType.Short => Integer(isUnsigned, typeof(short), typeof(ushort), "SMALLINT"),
        FieldType.Year => (ColumnKind.Signed, typeof(short), "YEAR"),
        FieldType.Int24 => Integer(isUnsigned, typeof(int), typeof(uint), "MEDIUMINT"),
        FieldType.Long => Integer(isUnsigned, typeof(int), typeof(uint), "INT"),
        FieldType.LongLong => Integer(isUnsigned, typeof(long), typeof(ulong), "BIGINT"),
        FieldType.Float => (ColumnKind.Single, typeof(float), "FLOAT"),
        FieldType.Double => (ColumnKind.Double, typeof(double), "DOUBLE"),
        FieldType.Decimal or FieldType.NewDecimal => (ColumnKind.Decimal, typeof(decimal), "DECIMAL"),
        FieldType.Date or FieldType.NewDate => (ColumnKind.Date, typeof(DateOnly), "DATE"),
        FieldType.DateTime => (ColumnKind.DateTime, typeof(DateTime), "DATETIME"),
        FieldType.Timestamp => (ColumnKind.DateTime, typeof(DateTime), "TIMESTAMP"),
        FieldType.Time => (ColumnKind.Time, typeof(TimeSpan), "TIME"),
        FieldType.Bit => (ColumnKind.Bits, typeof(ulong), "BIT"),
        FieldType.Geometry => (ColumnKind.Bytes, typeof(byte[]), "GEOMETRY"),
        FieldType.VarChar or FieldType.VarString => isText ? (ColumnKind.Text, typeof(string), "VARCHAR") : (ColumnKind.Bytes, typeof(byte[]), "VARBINARY"),
        FieldType.String or FieldType.Enum or FieldType.Set => isText ? (ColumnKind.Text, typeof(string), "CHAR") : (ColumnKind.Bytes, typeof(byte[]), "BINARY"),
        FieldType.Null => (ColumnKind.Text, typeof(string), "NULL"),
        _ => isText ? (ColumnKind.Text, typeof(string), "TEXT") : (ColumnKind.Bytes, typeof(byte[]), "BLOB"),
    };

    private static (ColumnKind Kind, Type ClrType, string TypeName) Integer(bool isUnsigned, Type signed, Type unsigned, string name) =>
        isUnsigned ? (ColumnKind.Unsigned, unsigned, name + " UNSIGNED") : (ColumnKind.Signed, signed, name);
}
