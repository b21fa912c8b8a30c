using System.Security.Cryptography.X509Certificates;

namespace AdminPanel.Tests.Support;

/// <summary>A certificate authority made for one server, and that server's certificate for "localhost".</summary>
public static class TestCertificates
{
    /// <summary>Writes ca.pem, server.pem and server.key.</summary>
    public static void Write(string directory)
    {
        using var authority = TestAuthority.Create();
        using var certificate = authority.Issue("localhost");
        using var key = certificate.GetRSAPrivateKey()!;

        File.WriteAllText(Path.Combine(directory, "ca.pem"), authority.Pem);
        File.WriteAllText(Path.Combine(directory, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
