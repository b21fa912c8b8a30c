using System.Runtime.InteropServices;

namespace AdminPanel.Web.Platform.Dns;

/// <summary>The calls of libunbound 1.17 and newer (Debian package libunbound8) that are used here: libunbound(3).</summary>
internal static unsafe partial class Unbound
{
    /// <summary>struct ub_result.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        public byte* Name;
        public int Type;
        public int Class;

        /// <summary>A null at the end.</summary>
        public byte** Data;
        public int* Lengths;
        public byte* CanonicalName;
        public int Code;
        public void* Packet;
        public int PacketLength;
        public int HasData;
        public int IsNoSuchName;
        public int IsSecure;
        public int IsBogus;
        public byte* WhyBogus;
        public int WasRateLimited;
        public int TimeToLive;
    }

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint ub_ctx_create();

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void ub_ctx_delete(nint context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ub_ctx_set_option(nint context, string option, string value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ub_ctx_set_fwd(nint context, string address);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ub_ctx_set_stub(nint context, string zone, string address, int isPrime);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ub_ctx_resolvconf(nint context, string? path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ub_ctx_add_ta_file(nint context, string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int ub_resolve(nint context, string name, int type, int dnsClass, out Result* result);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial void ub_resolve_free(Result* result);

    [LibraryImport(Library)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial nint ub_strerror(int error);

    private const string Library = "libunbound.so.8";
}
