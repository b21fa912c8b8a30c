using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AdminPanel.Web.Platform;

/// <summary>Where a path may lead.</summary>
internal enum Confinement
{
    None,

    /// <summary>No part of it is a symbolic link or leads upwards.</summary>
    Beneath,

    /// <summary>Nor is any part of it a mount point.</summary>
    BeneathOnOneMount,
}

/// <summary>The few calls of Linux that .NET has no name for.</summary>
internal static unsafe partial class Posix
{
    // errno(3), the same numbers on all of Linux' architectures that .NET runs on.
    public const int NotThere = 2;
    public const int IsThere = 17;
    public const int CrossesOut = 18;
    public const int NoDirectory = 20;
    public const int IsDirectory = 21;
    public const int Loop = 40;

    // fcntl.h and linux/openat2.h.
    private const int AtCurrentDirectory = -100;
    private const int AtRemoveDirectory = 0x200;
    private const ulong CloseOnExec = 0x80000;
    private const ulong NoMountPoints = 0x01;
    private const ulong NoMagicLinks = 0x02;
    private const ulong NoSymlinks = 0x04;
    private const ulong OnlyBeneath = 0x08;
    private const int OpenAt2 = 437;

    /// <summary>Relative paths begin at the working directory, absolute ones do not care.</summary>
    public static SafeFileHandle CurrentDirectory { get; } = new(AtCurrentDirectory, ownsHandle: false);

    // O_DIRECTORY is one of the few flags that differ: fcntl.h of arm64 and of x86.
    private static ulong DirectoryOnly => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000UL : 0x10000UL;

    /// <summary>A directory to read, from another one's descriptor; null with the error.</summary>
    public static SafeFileHandle? OpenDirectory(SafeFileHandle from, byte[] path, Confinement confinement, out int error) => Open(from, path, DirectoryOnly, confinement, out error);

    /// <summary>A file to read, also one that its writer keeps locked: .NET would ask for a lock of its own. Null with the error.</summary>
    public static SafeFileHandle? OpenFile(string path, out int error) => Open(CurrentDirectory, Encoding.UTF8.GetBytes(path), 0, Confinement.None, out error);

    /// <summary>Gives a file a second name that is not there yet: of two that try at once one does. File.Move looks first and then renames, and both would.</summary>
    /// <returns>0, or the error.</returns>
    public static int Link(string path, string name)
    {
        fixed (byte* from = (byte[])[.. Encoding.UTF8.GetBytes(path), 0], to = (byte[])[.. Encoding.UTF8.GetBytes(name), 0])
        {
            return link(from, to) == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    private static SafeFileHandle? Open(SafeFileHandle from, byte[] path, ulong flags, Confinement confinement, out int error)
    {
        var how = new How { Flags = flags | CloseOnExec, Resolve = Resolve(confinement) };
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

    /// <summary>Gives something another name. A file or a link that has it already is replaced in the same step; a directory stays, and is an error unless it is empty.</summary>
    /// <returns>0, or the error.</returns>
    public static int Move(SafeFileHandle from, byte[] name, SafeFileHandle to, byte[] newName)
    {
        fixed (byte* old = (byte[])[.. name, 0], renamed = (byte[])[.. newName, 0])
            return renameat((int)from.DangerousGetHandle(), old, (int)to.DangerousGetHandle(), renamed) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>What is in a directory, from its beginning; names are octets, not text.</summary>
    /// <returns>0, or the error; the names until then are there.</returns>
    public static int Names(SafeFileHandle directory, out List<byte[]> names)
    {
        var descriptor = (int)directory.DangerousGetHandle();
        names = [];
        if (lseek(descriptor, 0, 0) < 0) return Marshal.GetLastPInvokeError();

        var buffer = new byte[32768];
        while (true)
        {
            nint read;
            fixed (byte* start = buffer) read = getdents64(descriptor, start, (nuint)buffer.Length);
            if (read <= 0) return read == 0 ? 0 : Marshal.GetLastPInvokeError();

            AddNames(buffer.AsSpan(0, (int)read), names);
        }
    }

    /// <summary>Asks a daemon to read its files anew: SIGHUP.</summary>
    public const int HangUp = 1;

    /// <summary>What a daemon takes it for: SIGUSR1.</summary>
    public const int User1 = 10;

    /// <summary>Asks a process to end: SIGTERM.</summary>
    public const int Terminate = 15;

    /// <summary>kill(2).</summary>
    /// <returns>0, or the error.</returns>
    public static int Signal(int process, int signal) => kill(process, signal) == 0 ? 0 : Marshal.GetLastPInvokeError();

    public static string Sentence(int error) => Marshal.GetPInvokeErrorMessage(error);

    public static uint EffectiveUserId => geteuid();

    /// <summary>Gives up root for good: no group but one, no way back.</summary>
    /// <exception cref="IOException">The kernel refused; nothing may be done then.</exception>
    public static void Become(uint userId, uint groupId)
    {
        if (setgroups(1, &groupId) != 0 || setresgid(groupId, groupId, groupId) != 0 || setresuid(userId, userId, userId) != 0)
            throw new IOException($"Cannot give up root for the account {userId}: {Sentence(Marshal.GetLastPInvokeError())}.");
        if (geteuid() != userId || setresuid(0, 0, 0) == 0) throw new IOException("Root was not given up.");
    }

    private static ulong Resolve(Confinement confinement) => confinement switch
    {
        Confinement.None => 0,
        Confinement.Beneath => OnlyBeneath | NoSymlinks | NoMagicLinks,
        _ => OnlyBeneath | NoSymlinks | NoMagicLinks | NoMountPoints,
    };

    private static void AddNames(ReadOnlySpan<byte> records, List<byte[]> names)
    {
        // struct linux_dirent64 in getdents(2): inode, offset, length of the record, type, name.
        const int LengthAt = 16, NameAt = 19;
        while (records.Length > 0)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(records[LengthAt..]);
            var name = records[NameAt..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8)) names.Add(name.ToArray());
            records = records[length..];
        }
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
    private static partial int link(byte* path, byte* name);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int unlinkat(int from, byte* path, int flags);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int renameat(int from, byte* path, int to, byte* newPath);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint getdents64(int descriptor, byte* buffer, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint lseek(int descriptor, nint offset, int from);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int process, int signal);

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
