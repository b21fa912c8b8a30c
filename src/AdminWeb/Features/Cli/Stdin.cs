using System.Text;

namespace AdminPanel.Web.Features.Cli;

/// <summary>Standard input as lines of UTF-8.</summary>
internal sealed class Stdin : IDisposable
{
    private readonly StreamReader reader = new(Console.OpenStandardInput(), new UTF8Encoding(false, throwOnInvalidBytes: true));

    /// <summary>All that is left of it.</summary>
    /// <exception cref="IOException">It is not UTF-8.</exception>
    public async Task<string> ReadToEndAsync(CancellationToken ct)
    {
        try
        {
            return await reader.ReadToEndAsync(ct);
        }
        catch (DecoderFallbackException)
        {
            throw new IOException("What stands on stdin is not UTF-8.");
        }
    }

    /// <summary>Null at its end.</summary>
    /// <exception cref="IOException">It is not UTF-8.</exception>
    public async Task<string?> ReadLineAsync(CancellationToken ct)
    {
        try
        {
            return await reader.ReadLineAsync(ct);
        }
        catch (DecoderFallbackException)
        {
            throw new IOException("What stands on stdin is not UTF-8.");
        }
    }

    public void Dispose() => reader.Dispose();
}
