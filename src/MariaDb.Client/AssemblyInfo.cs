using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]
[assembly: DisableRuntimeMarshalling]
// The layout of native structs and the count of live native allocations are proven by tests, and are nobody else's business.
[assembly: InternalsVisibleTo("AdminPanel.Tests.Integration")]
// libc only; libmariadb is loaded by name in LibraryLoader.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
