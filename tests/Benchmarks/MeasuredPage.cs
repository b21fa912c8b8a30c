namespace AdminPanel.Benchmarks;

/// <summary>One page of both panels, asked in turns over a kept connection each, so that what is measured is the server's.</summary>
internal sealed class MeasuredPage(string path, KeptConnection full, KeptConnection small) : IDisposable
{
    private readonly List<double> large = [];
    private readonly List<double> little = [];

    public async Task AskAsync()
    {
        large.Add(await Figures.MillisecondsAsync(full.GetAsync));
        little.Add(await Figures.MillisecondsAsync(small.GetAsync));
    }

    public void Print()
    {
        Figures.Print($"/{path}", Figures.Median(large), "ms");
        Figures.PrintRatio("    beside the same page on small data", Figures.Median(large), Figures.Median(little));
    }

    public void Dispose()
    {
        full.Dispose();
        small.Dispose();
    }
}
