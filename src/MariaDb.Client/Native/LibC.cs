using System.Runtime.InteropServices;

namespace MariaDb.Client.Native;

/// <summary>Calls on the descriptor of a session's socket.</summary>
internal static unsafe partial class LibC
{
    private const short PollIn = 1;
    private const int ShutdownBoth = 2;
    private const int DuplicateAndCloseOnExec = 1030;

    /// <summary>
    /// Between commands a server says nothing, so a readable socket means that it has closed the connection or sent its
    /// farewell (poll(2)).
    /// </summary>
    public static bool IsReadable(int descriptor)
    {
        var poll = new PollDescriptor { Descriptor = descriptor, Events = PollIn };
        return NativePoll(&poll, 1, 0) != 0;
    }

    /// <summary>Ends a read that waits for an answer that does not come (shutdown(2)); the descriptor stays allocated.</summary>
    public static void Sever(int descriptor) => _ = NativeShutdown(descriptor, ShutdownBoth);

    /// <returns>Another descriptor of the same socket, not inherited by child processes (fcntl(2), F_DUPFD_CLOEXEC); -1 when there is none left.</returns>
    public static int Duplicate(int descriptor) => NativeControl(descriptor, DuplicateAndCloseOnExec, 0);

    public static void Close(int descriptor) => _ = NativeClose(descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl")] private static partial int NativeControl(int descriptor, int command, nint argument);
    [LibraryImport("libc", EntryPoint = "close")] private static partial int NativeClose(int descriptor);
    [LibraryImport("libc", EntryPoint = "poll")] private static partial int NativePoll(PollDescriptor* descriptors, ulong count, int timeout);
    [LibraryImport("libc", EntryPoint = "shutdown")] private static partial int NativeShutdown(int descriptor, int how);
}
