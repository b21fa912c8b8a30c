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
    private int socket = -1;

    public SessionHandle() : base(0, ownsHandle: true)
    {
        SetHandle(LibMariaDb.mysql_init(0));
        if (IsInvalid) throw new InsufficientMemoryException("mysql_init gave no memory.");
        NativeAllocations.Born();
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The MYSQL*. Whoever uses it keeps this object alive until the call is back.</summary>
    public nint Pointer => handle;

    /// <summary>A second descriptor of the connected socket, -1 before <see cref="KeepSocket"/>. Open until this object is released.</summary>
    public int Socket => socket;

    /// <exception cref="MariaDbException">The process has no descriptor left.</exception>
    public void KeepSocket()
    {
        socket = LibC.Duplicate(LibMariaDb.mysql_get_socket(handle));
        if (socket < 0) throw new MariaDbException(0, "HY000", "The process has no file descriptor left for a connection: raise its limit of open files.");
    }

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
        if (socket >= 0) LibC.Close(socket);
        NativeAllocations.Gone();
        return true;
    }
}
