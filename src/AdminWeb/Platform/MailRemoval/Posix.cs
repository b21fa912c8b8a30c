using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace AdminPanel.Web.Platform.MailRemoval;

/// <summary>The few calls of Linux that .NET has no name for.</summary>
internal static unsafe partial class Posix
{
    // errno(3), the same numbers on all of Linux' architectures that .NET runs on.
    public const int NotPermitted = 1;
    public const int NotThere = 2;
    public const int CrossesOut = 18;
    public const int NoDirectory = 20;
    public const int IsDirectory = 21;
    public const int Loop = 40;

    // fcntl.h and linux/openat2.h.
    private const int AtCurrentDirectory = -100;
    private const int AtRemoveDirectory = 0x200;
    private const ulong CloseOnExec = 0x80000;
    private const ulong NoMagicLinks = 0x02;
    private const ulong NoSymlinks = 0x04;
    private const ulong Beneath = 0x08;
    private const int OpenAt2 = 437;

    /// <summary>Relative paths begin at the working directory, absolute ones do not care.</summary>
    public static SafeFileHandle CurrentDirectory { get; } = new(AtCurrentDirectory, ownsHandle: false);

    // O_DIRECTORY is one of the few flags that differ: fcntl.h of arm64 and of x86.
    private static ulong DirectoryOnly => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000UL : 0x10000UL;

    /// <summary>A directory to read, from another one's descriptor; null with the error.</summary>
    /// <param name="isConfined">Whether no part of the path may be a link or lead upwards.</param>
    public static SafeFileHandle? OpenDirectory(SafeFileHandle from, byte[] path, bool isConfined, out int error)
    {
        var how = new How { Flags = DirectoryOnly | CloseOnExec, Resolve = isConfined ? Beneath | NoSymlinks | NoMagicLinks : 0 };
        fixed (byte* name = (byte[])[.. path, 0])
        {
            var descriptor = syscall(OpenAt2, from.DangerousGetHandle(), name, &how, sizeof(How));
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        }
    }

    /// <returns>0, or the error.</returns>
    public static int Unlink(SafeFileHandle from, byte[] path, bool isDirectory)
    {
        fixed (byte* name = (byte[])[.. path, 0])
            return unlinkat((int)from.DangerousGetHandle(), name, isDirectory ? AtRemoveDirectory : 0) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>What is in a directory, from its beginning; names are octets, not text.</summary>
    public static List<byte[]> Names(SafeFileHandle directory)
    {
        // struct linux_dirent64 in getdents(2): inode, offset, length of the record, type, name.
        const int LengthAt = 16, NameAt = 19;
        var descriptor = (int)directory.DangerousGetHandle();
        lseek(descriptor, 0, 0);
        var names = new List<byte[]>();
        var buffer = new byte[32768];
        while (true)
        {
            nint read;
            fixed (byte* start = buffer) read = getdents64(descriptor, start, (nuint)buffer.Length);
            if (read < 0) throw new IOException($"Cannot read a directory: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
            if (read == 0) return names;

            for (var at = 0; at < read;)
            {
                var record = buffer.AsSpan(at, BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + LengthAt)));
                var name = record[NameAt..];
                name = name[..name.IndexOf((byte)0)];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8)) names.Add(name.ToArray());
                at += record.Length;
            }
        }
    }

    public static uint EffectiveUserId => geteuid();

    /// <summary>Gives up root for good: no group but one, no way back.</summary>
    /// <exception cref="IOException">The kernel refused; nothing may be done then.</exception>
    public static void Become(uint userId, uint groupId)
    {
        if (setgroups(1, &groupId) != 0 || setresgid(groupId, groupId, groupId) != 0 || setresuid(userId, userId, userId) != 0)
            throw new IOException($"Cannot give up root for the account {userId}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        if (geteuid() != userId || setresuid(0, 0, 0) == 0) throw new IOException("Root was not given up.");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct How
    {
        public ulong Flags;
        public ulong Mode;
        public ulong Resolve;
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint syscall(nint number, nint from, byte* path, How* how, nint size);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int unlinkat(int from, byte* path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint getdents64(int descriptor, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint lseek(int descriptor, nint offset, int from);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setgroups(nuint size, uint* groups);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setresgid(uint real, uint effective, uint saved);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setresuid(uint real, uint effective, uint saved);
}
