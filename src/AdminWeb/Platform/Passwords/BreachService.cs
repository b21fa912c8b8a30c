using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AdminPanel.Data;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>
/// Asks a service whether a password is known from a breach, by the range protocol of Have I Been Pwned
/// (haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange): it is told five hexadecimal digits of the password's SHA-1,
/// which a million passwords share, and answers with all that begin so. Neither the password nor its digest leaves.
/// Off unless a service is named. A service that does not help is no reason to refuse a password: the rules of
/// <see cref="PasswordRules"/> have been kept by then, and a stranger's server must not stop people from changing theirs.
/// </summary>
public sealed class BreachService : IDisposable
{
    /// <summary>Hexadecimal digits of the digest that are sent.</summary>
    private const int PrefixLength = 5;

    /// <summary>Octets of an answer; with padding, one of Have I Been Pwned has about 60,000.</summary>
    private const int MaxOctets = 512 * 1024;

    /// <summary>From the question to the end of the answer: whoever changes a password waits for it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly Uri? address;
    private readonly ILogger<BreachService> logger;
    private readonly HttpClient? client;

    /// <param name="address">Of the service, up to the slash before the digits; null for none.</param>
    public BreachService(Uri? address, ILogger<BreachService> logger)
    {
        (this.address, this.logger) = (address, logger);
        if (address is null) return;

        // Where the host has a proxy for its way out, the service is asked through it.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = !address.IsLoopback };
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = MaxOctets };
        client.DefaultRequestHeaders.Add("User-Agent", "adminpanel");
        // Rows that are none make all answers about as long: whoever watches the line learns no digits from the length.
        client.DefaultRequestHeaders.Add("Add-Padding", "true");
    }

    /// <summary>Outside of any transaction: it asks a network, for two seconds at the most.</summary>
    /// <param name="password">One that <see cref="PasswordRules"/> takes.</param>
    /// <param name="field">The input's property the problem is shown at.</param>
    /// <returns>That it is known; null where it is not, where the service did not help, or where none is asked.</returns>
    public async Task<Problem?> CheckAsync(string password, string field, CancellationToken ct)
    {
        if (client is null) return null;

        var digest = Digest(password);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        try
        {
            using var answer = await client.GetAsync(new Uri(address!, digest[..PrefixLength]), limit.Token);
            if (answer.StatusCode != HttpStatusCode.OK) logger.BreachServiceUnhelpful(((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
            else if (BreachRange.Contains(Encoding.ASCII.GetString(await answer.Content.ReadAsByteArrayAsync(limit.Token)), digest[PrefixLength..]) is not { } isKnown) logger.BreachServiceUnhelpful("an answer that is no list of digests");
            else if (isKnown) return new Problem(field, "PasswordBreached");
        }
        catch (HttpRequestException e)
        {
            // Without the message, which would name what was asked.
            logger.BreachServiceUnhelpful(e.HttpRequestError is HttpRequestError.Unknown or HttpRequestError.ResponseEnded ? "the connection broke" : e.HttpRequestError.ToString());
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            logger.BreachServiceUnhelpful(string.Create(CultureInfo.InvariantCulture, $"no whole answer within {Limit.TotalSeconds:0} seconds"));
        }
        return null;
    }

    public void Dispose() => client?.Dispose();

    // What the protocol is about, not what keeps a password.
#pragma warning disable CA5350
    private static string Digest(string password)
    {
        var octets = Encoding.UTF8.GetBytes(password);
        try
        {
            return Convert.ToHexString(SHA1.HashData(octets));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(octets);
        }
    }
#pragma warning restore CA5350
}
