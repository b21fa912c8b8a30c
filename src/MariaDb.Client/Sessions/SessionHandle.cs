using System.Runtime.InteropServices;
using MariaDb.Client.Native;
using MariaDb.Client.Statements;

namespace MariaDb.Client.Sessions;

/// <summary>
/// Owns a MYSQL* together with every statement and buffer that belongs to it, and frees them in one go: statements
/// first, since closing one talks through the MYSQL*. Nothing below it has a finalizer of its own, so the finalizer
/// thread can never use a connection that somebody else is using.
/// </summary>
internal sealed class SessionHandle : SafeHandle
{
    private readonly List<PreparedStatement> statements = [];

    public SessionHandle() : base(0, ownsHandle: true)
    {
        SetHandle(LibMariaDb.mysql_init(0));
        if (IsInvalid) throw new InsufficientMemoryException("mysql_init gave no memory.");
        NativeAllocations.Born();
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The MYSQL*. Whoever uses it keeps this object alive until the call is back.</summary>
    public nint Pointer => handle;

    public void Own(PreparedStatement statement) => statements.Add(statement);

    public void Free(PreparedStatement statement)
    {
        statements.Remove(statement);
        statement.FreeNative();
    }

    protected override bool ReleaseHandle()
    {
        foreach (var statement in statements) statement.FreeNative();
        statements.Clear();
        LibMariaDb.mysql_close(handle);
        NativeAllocations.Gone();
        return true;
    }
}
