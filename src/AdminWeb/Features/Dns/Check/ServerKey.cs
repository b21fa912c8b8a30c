using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdminPanel.Web.Features.Dns.Check;

/// <summary>The key that the mail server shows on port 25, as TLSA records name it.</summary>
/// <param name="Digest">SHA-256 of its SubjectPublicKeyInfo, in hexadecimal.</param>
/// <param name="Records">Every value of a TLSA record that is true of it (RFC 6698 section 2.1): of usage 3, which names the certificate, and of usage 2, which names one above it. The others are none for mail (RFC 7672 section 3.1.3).</param>
public sealed record ServerKey(string Digest, IReadOnlyList<string> Records)
{
    private const int OwnUsage = 3;
    private const int AuthorityUsage = 2;

    /// <param name="certificates">In DER, the server's own first; at least one.</param>
    public static ServerKey Of(IReadOnlyList<byte[]> certificates) =>
        new(Convert.ToHexStringLower(SHA256.HashData(KeyOf(certificates[0]))), [.. Values(OwnUsage, certificates[0]), .. certificates.Skip(1).SelectMany(above => Values(AuthorityUsage, above))]);

    private static IEnumerable<string> Values(int usage, byte[] certificate)
    {
        byte[][] selected = [certificate, KeyOf(certificate)];
        for (var selector = 0; selector < selected.Length; selector++)
        {
            byte[][] matched = [selected[selector], SHA256.HashData(selected[selector]), SHA512.HashData(selected[selector])];
            for (var matching = 0; matching < matched.Length; matching++) yield return $"{usage} {selector} {matching} {Convert.ToHexStringLower(matched[matching])}";
        }
    }

    private static byte[] KeyOf(byte[] certificate)
    {
        using var read = X509CertificateLoader.LoadCertificate(certificate);
        return read.PublicKey.ExportSubjectPublicKeyInfo();
    }
}
