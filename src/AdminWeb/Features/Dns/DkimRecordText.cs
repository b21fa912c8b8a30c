using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The record of a DKIM key (RFC 6376 section 3.6.1, RFC 8463 section 4).</summary>
public static class DkimRecordText
{
    /// <summary>A key of no octets is revoked: whoever finds it takes its signatures for none (RFC 6376 section 3.6.1).</summary>
    public const string Revoked = "v=DKIM1; p=";

    /// <summary>h= keeps verifiers from taking SHA-1 for an RSA key (RFC 8301 section 3.1); Ed25519 knows just SHA-256.</summary>
    public static string Of(PublishedKey key) => key switch
    {
        { PublicKey.Length: 0 } => Revoked,
        { Algorithm: DkimAlgorithm.Ed25519 } => $"v=DKIM1; k=ed25519; p={Convert.ToBase64String(key.PublicKey)}",
        _ => $"v=DKIM1; k=rsa; h=sha256; p={Convert.ToBase64String(key.PublicKey)}",
    };
}
