using System.Globalization;
using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>Generated worlds in the instance of a stack, and what `explain` says of each recipient there.</summary>
public sealed class ExplainedWorlds<TStack> : IAsyncLifetime
    where TStack : IMailStack
{
    private const int Seed = 20261121;

    /// <summary>More of them: WORLDS=2000 ./test MailStack.</summary>
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("WORLDS") ?? "125", CultureInfo.InvariantCulture);

    internal GeneratedWorlds Worlds { get; } = new(Count, Seed);

    /// <summary>In the order of the recipients.</summary>
    public IReadOnlyList<JsonElement> Explanations { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var instance = await TStack.Instance;
        await Worlds.Data.WriteAsync(instance);
        var (status, text, errors) = await instance.PanelAsync(["explain", "--batch", "--json"], string.Join('\n', Worlds.Recipients));
        Assert.Equal((0, ""), (status, errors));
        using var json = JsonDocument.Parse(text);
        Explanations = [.. json.RootElement.EnumerateArray().Select(e => e.Clone())];
    }

    public Task DisposeAsync() => Task.CompletedTask;
}
