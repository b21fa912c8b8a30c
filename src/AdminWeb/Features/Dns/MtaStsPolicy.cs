using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The policy that senders fetch from https://mta-sts.DOMAIN/.well-known/mta-sts.txt (RFC 8461 section 3.2).</summary>
public static class MtaStsPolicy
{
    // A mistake in a policy that is not yet in force is forgotten after a day; one in force shall outlast an attack (RFC 8461 section 3.2: weeks).
    private const int TestingSeconds = 86_400;
    private const int EnforceSeconds = 1_209_600;

    /// <summary>Lines ended by CRLF.</summary>
    public static string Text(MtaStsMode mode, DomainName mx) => string.Create(
        CultureInfo.InvariantCulture,
        $"version: STSv1\r\nmode: {mode.ToString().ToLowerInvariant()}\r\nmx: {mx.Value}\r\nmax_age: {(mode == MtaStsMode.Enforce ? EnforceSeconds : TestingSeconds)}\r\n");

    /// <summary>
    /// What tells senders that there is another policy (RFC 8461 section 3.1: 1 to 32 letters and digits). Made from the
    /// policy itself, so that it changes with it and never without.
    /// </summary>
    public static string Id(string policy) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(policy)))[..20];
}
