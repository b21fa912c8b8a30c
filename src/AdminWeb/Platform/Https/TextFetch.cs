using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AdminPanel.Web.Platform.Https;

/// <summary>
/// Fetches a short text from a stranger's web server over HTTPS: at addresses that were chosen before, with a certificate of
/// the name, without going on to anywhere else, and within limits of time and length that the server cannot stretch.
/// </summary>
/// <param name="authorities">Who is trusted; null: whom the host trusts.</param>
public sealed class TextFetch(X509Certificate2Collection? authorities)
{
    /// <summary>Octets of a text.</summary>
    public const int MaxOctets = 64 * 1024;

    private const int MaxAddresses = 4;
    private const int MaxHeaderKibibytes = 16;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    /// <param name="address">https, with a name.</param>
    /// <param name="at">Where that name is; nowhere else is connected to.</param>
    public async Task<FetchedText> RunAsync(Uri address, IReadOnlyList<IPAddress> at, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var handler = Handler(at);
            using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await ReadAsync(answer, limit.Token);
        }
        catch (HttpRequestException e) when (e.InnerException is TimeoutException)
        {
            return new(FetchEnd.Silent, null, null);
        }
        catch (HttpRequestException e)
        {
            return new(e.HttpRequestError == HttpRequestError.SecureConnectionError ? FetchEnd.Untrusted : FetchEnd.Unreachable, null, Reason(e));
        }
        catch (IOException e)
        {
            return new(FetchEnd.Unreachable, null, Reason(e));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(FetchEnd.Unreachable, null, string.Create(CultureInfo.InvariantCulture, $"no whole answer within {Limit.TotalSeconds:0} seconds"));
        }
    }

    private SocketsHttpHandler Handler(IReadOnlyList<IPAddress> at)
    {
        // A certificate names places to fetch others and lists from: a stranger's certificate, and any place.
        var policy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        if (authorities is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(authorities);
        }
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false, UseProxy = false, MaxResponseHeadersLength = MaxHeaderKibibytes,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy },
            ConnectCallback = async (context, ct) => await ConnectAsync(at, context.DnsEndPoint.Port, ct),
        };
    }

    private static async Task<Stream> ConnectAsync(IReadOnlyList<IPAddress> at, int port, CancellationToken ct)
    {
        Exception? last = null;
        foreach (var ip in at.Take(MaxAddresses))
        {
            var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(ip, port), ct).AsTask().WaitAsync(ConnectLimit, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e) when (e is SocketException or TimeoutException)
            {
                socket.Dispose();
                last = e;
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }
        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async Task<FetchedText> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        var status = (int)answer.StatusCode;
        if (status is >= 300 and < 400) return new(FetchEnd.Redirected, null, Shown(answer.Headers.Location?.ToString()));
        if (status != 200) return new(FetchEnd.Refused, null, status.ToString(CultureInfo.InvariantCulture));
        if (!IsPlain(answer.Content.Headers.ContentType)) return new(FetchEnd.OtherKind, null, Shown(answer.Content.Headers.ContentType?.ToString()));

        var octets = new byte[MaxOctets + 1];
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var length = await body.ReadAtLeastAsync(octets, octets.Length, throwOnEndOfStream: false, ct);
        return length > MaxOctets ? new(FetchEnd.TooLong, null, null) : new(FetchEnd.Found, Encoding.UTF8.GetString(octets, 0, length), null);
    }

    private static bool IsPlain(MediaTypeHeaderValue? type) => string.Equals(type?.MediaType, "text/plain", StringComparison.OrdinalIgnoreCase);

    private static string Reason(Exception e) => Shown((e.InnerException ?? e).Message) ?? "";

    // A stranger chose it.
    private static string? Shown(string? text) => text is { Length: > 200 } ? text[..200] : text;
}
