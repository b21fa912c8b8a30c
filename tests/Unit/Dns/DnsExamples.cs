using System.Net;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dns;

namespace AdminPanel.Tests.Unit.Dns;

/// <summary>example.org, hosted on mx1.host.net: the worked set that the tests of records and of exports share.</summary>
internal static class DnsExamples
{
    /// <summary>294 octets, as the SubjectPublicKeyInfo of an RSA key of 2048 bits has them: 392 letters in Base64.</summary>
    private static readonly byte[] RsaKey = [.. Enumerable.Range(0, 294).Select(i => (byte)(i * 7))];

    /// <summary>RFC 8463 section A.2 has this key, and its record.</summary>
    private static readonly byte[] Ed25519Key = Convert.FromBase64String("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");

    public static PublishedKey Rsa { get; } = new("s2026a", DkimAlgorithm.Rsa, RsaKey, Required: true, "active");

    public static PublishedKey Ed25519 { get; } = new("e2026a", DkimAlgorithm.Ed25519, Ed25519Key, Required: false, "active");

    public static DomainDns Domain { get; } = Named("example.org") with
    {
        Keys = [Rsa, Ed25519],
        DmarcReports = EmailAddress.Parse("dmarc@reports.host.net"),
        TlsReports = EmailAddress.Parse("tlsrpt@reports.host.net"),
        MtaSts = MtaStsMode.Testing,
    };

    public static ServerDns Server { get; } = new()
    {
        HostName = DomainName.Parse("mx1.host.net"),
        Addresses = [IPAddress.Parse("192.0.2.10"), IPAddress.Parse("2001:db8::10")],
        Services =
        [
            new("_submissions", 465, IsPreferred: true), new("_submission", 587, IsPreferred: false), new("_imaps", 993, IsPreferred: true),
            new("_imap", null, IsPreferred: false), new("_pop3s", null, IsPreferred: false), new("_pop3", null, IsPreferred: false), new("_sieve", 4190, IsPreferred: false),
        ],
        WebHost = DomainName.Parse("mx1.host.net"),
        CertificateAuthorities = ["letsencrypt.org"],
        KeyDigest = "2f0b5b1ae3c6a8b0d1e2f3a4b5c6d7e8f90112233445566778899aabbccddeeff".PadRight(64, '0')[..64],
    };

    public static DomainDns Named(string name, string? zone = null) => new() { Name = DomainName.Parse(name), Zone = DomainName.Parse(zone ?? name) };
}
