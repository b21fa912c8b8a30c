using System.Runtime.InteropServices;

namespace MariaDb.Client.Native;

/// <summary>MYSQL_BIND of mariadb_stmt.h on 64-bit Linux; a test compares every offset with what the C compiler says.</summary>
[StructLayout(LayoutKind.Explicit, Size = 112)]
internal unsafe struct MySqlBind
{
    [FieldOffset(0)] public ulong* Length;
    [FieldOffset(8)] public byte* IsNull;
    [FieldOffset(16)] public void* Buffer;
    [FieldOffset(24)] public byte* Error;
    [FieldOffset(64)] public ulong BufferLength;
    [FieldOffset(96)] public FieldType BufferType;
    [FieldOffset(101)] public byte IsUnsigned;
}

/// <summary>MYSQL_FIELD of mysql.h: what the server says about one result column.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal unsafe struct MySqlField
{
    [FieldOffset(0)] public byte* Name;
    [FieldOffset(56)] public ulong Length;
    [FieldOffset(72)] public uint NameLength;
    [FieldOffset(100)] public uint Flags;
    [FieldOffset(108)] public uint CharacterSet;
    [FieldOffset(112)] public FieldType Type;
}

/// <summary>MYSQL_TIME of mysql.h: dates, times and both; SecondPart is microseconds.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal struct MySqlTime
{
    [FieldOffset(0)] public uint Year;
    [FieldOffset(4)] public uint Month;
    [FieldOffset(8)] public uint Day;
    [FieldOffset(12)] public uint Hour;
    [FieldOffset(16)] public uint Minute;
    [FieldOffset(20)] public uint Second;
    [FieldOffset(24)] public ulong SecondPart;
    [FieldOffset(32)] public byte Negative;
    [FieldOffset(36)] public int Kind;
}

/// <summary>pollfd of poll(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public int Descriptor;
    public short Events;
    public short Returned;
}
