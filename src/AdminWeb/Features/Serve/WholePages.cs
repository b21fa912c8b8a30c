using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.WebUtilities;

namespace AdminPanel.Web.Features.Serve;

/// <summary>
/// Sends a page at once when it is written to its end. By default each 16 KB leave on their own, with a call into the
/// kernel and a wake-up of whoever reads, and a list has 50.
/// </summary>
internal sealed class WholePages : IHttpResponseStreamWriterFactory
{
    /// <summary>Characters. A longer page leaves in pieces of this size.</summary>
    private const int LongestPage = 128 * 1024;

    public TextWriter CreateWriter(Stream stream, Encoding encoding) =>
        new HttpResponseStreamWriter(stream, encoding, LongestPage, ArrayPool<byte>.Shared, ArrayPool<char>.Shared);
}
