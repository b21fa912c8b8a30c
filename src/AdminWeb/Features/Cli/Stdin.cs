using System.Text;

namespace AdminPanel.Web.Features.Cli;

/// <summary>Standard input as lines of UTF-8.</summary>
internal sealed class Stdin : IDisposable
{
    private readonly StreamReader reader = new(Console.OpenStandardInput(), new UTF8Encoding(false, throwOnInvalidBytes: true));

    /// <summary>Null at its end.</summary>
    /// <exception cref="IOException">It is not UTF-8.</exception>
    public Task<string?> ReadLineAsync(CancellationToken ct) => ReadAsync(() => reader.ReadLineAsync(ct).AsTask());

    /// <summary>All that is left of it.</summary>
    /// <exception cref="IOException">It is not UTF-8.</exception>
    public Task<string> ReadToEndAsync(CancellationToken ct) => ReadAsync(() => reader.ReadToEndAsync(ct));

    private static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (DecoderFallbackException)
        {
            throw new IOException("What stands on stdin is not UTF-8.");
        }
    }

    public void Dispose() => reader.Dispose();
}
