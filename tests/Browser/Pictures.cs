using Microsoft.Playwright;
using Xunit;

namespace AdminPanel.Tests.Browser;

/// <summary>Screenshots for people to look at: artifacts/screenshots, a file a page, theme and width.</summary>
public static class Pictures
{
    private static readonly int[] Widths = [390, 1280];

    // artifacts/bin/Browser/release -> artifacts/screenshots
    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "screenshots")).FullName;

    /// <summary>Checks the page as it stands in both themes and both widths, and takes a picture of each.</summary>
    /// <param name="script">False for a page whose script is off: axe needs timers, which do not run there.</param>
    public static async Task TakeAsync(IPage page, Watcher watcher, string name, bool script = true)
    {
        var faults = await FaultsAsync(page, watcher, name, script);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    /// <summary>The same, and answers what is wrong, so that one run tells of every page.</summary>
    public static Task<IReadOnlyList<string>> FaultsAsync(IPage page, Watcher watcher, string name, bool script = true) =>
        FaultsAsync(page, watcher, name, Widths, [ColorScheme.Light, ColorScheme.Dark], script);

    /// <summary>On a phone, in light alone: where only the words differ from what both were looked at with.</summary>
    public static Task<IReadOnlyList<string>> PhoneFaultsAsync(IPage page, Watcher watcher, string name) =>
        FaultsAsync(page, watcher, name, [Widths[0]], [ColorScheme.Light], script: true);

    private static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, Watcher watcher, string name, int[] widths, ColorScheme[] schemes, bool script)
    {
        var faults = new List<string>();
        foreach (var width in widths)
        {
            await page.SetViewportSizeAsync(width, 800);
            foreach (var scheme in schemes)
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                var where = $"{name}-{width}-{scheme.ToString().ToLowerInvariant()}";
                faults.AddRange((await PageChecks.FaultsAsync(page, script)).Select(f => $"{where}: {f}"));
                // Hiding the caret would leave style attributes behind.
                await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{where}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Initial });
            }
        }
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        faults.AddRange(watcher.Take().Select(c => $"{name}: {c}"));
        return faults;
    }
}
