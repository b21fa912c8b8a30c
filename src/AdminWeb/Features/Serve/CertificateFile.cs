using AdminPanel.Web.Platform;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdminPanel.Web.Features.Serve;

/// <summary>The panel's own certificate, from PEM files, read again when the certificate's file has changed: a renewal needs no restart.</summary>
internal sealed class CertificateFile(string certificate, string? key)
{
    private readonly Lock gate = new();
    private X509Certificate2? current;
    private DateTime readAt;

    /// <exception cref="SettingException">There is no certificate yet, and the files cannot be read.</exception>
    public X509Certificate2 Current()
    {
        lock (gate)
        {
            try
            {
                var written = File.GetLastWriteTimeUtc(certificate);
                if (current is null || written != readAt)
                {
                    current = X509Certificate2.CreateFromPemFile(certificate, key ?? certificate);
                    readAt = written;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                // In the middle of a renewal the old certificate still serves.
                if (current is null) throw new SettingException($"Panel:Certificate {certificate} and its key cannot be read: {e.Message}");
            }
            return current;
        }
    }
}
