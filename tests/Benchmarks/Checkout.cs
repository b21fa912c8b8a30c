namespace AdminPanel.Benchmarks;

internal static class Checkout
{
    /// <summary>The folder with AdminPanel.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AdminPanel.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
