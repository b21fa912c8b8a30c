namespace AdminPanel.Tests.Unit.Conventions;

/// <summary>The checkout that these tests were built from.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string folder, params IReadOnlyList<string> endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AdminPanel.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("AdminPanel.sln is in no folder above the tests.");
        }
        return folder;
    }
}
