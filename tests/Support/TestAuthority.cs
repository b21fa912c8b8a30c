using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdminPanel.Tests.Support;

/// <summary>A certificate authority of a test. Only what is told about it trusts it.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 certificate;

    private TestAuthority(X509Certificate2 certificate) => this.certificate = certificate;

    public string Pem => certificate.ExportCertificatePem();

    public static TestAuthority Create()
    {
        using var key = RSA.Create(2048);
        var request = Request("Test CA", key);
        request.CertificateExtensions.Add(Authority());
        return new(request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30)));
    }

    /// <summary>An authority below this one.</summary>
    public TestAuthority Below()
    {
        using var key = RSA.Create(2048);
        var request = Request("Test CA below", key);
        request.CertificateExtensions.Add(Authority());
        using var issued = request.Create(certificate, DateTimeOffset.UtcNow.AddDays(-20), DateTimeOffset.UtcNow.AddDays(20), RandomNumberGenerator.GetBytes(8));
        return new(issued.CopyWithPrivateKey(key));
    }

    /// <summary>A server's certificate with its key.</summary>
    /// <param name="end">Its last day, counted from today.</param>
    /// <param name="extensions">Beside the names.</param>
    public X509Certificate2 Issue(string name, int end = 2, params X509Extension[] extensions)
    {
        using var key = RSA.Create(2048);
        var request = Request(name, key);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        foreach (var extension in extensions) request.CertificateExtensions.Add(extension);
        using var issued = request.Create(certificate, DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow.AddDays(end), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    public void Dispose() => certificate.Dispose();

    private static CertificateRequest Request(string name, RSA key) => new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static X509BasicConstraintsExtension Authority() => new(certificateAuthority: true, false, 0, critical: true);
}
