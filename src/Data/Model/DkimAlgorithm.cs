namespace AdminPanel.Data.Model;

/// <summary>How a DKIM key signs.</summary>
public enum DkimAlgorithm
{
    /// <summary>rsa-sha256, 2048 bits and more (RFC 8301 section 3.2): what every verifier reads.</summary>
    Rsa,

    /// <summary>ed25519-sha256 (RFC 8463): a short record, but many verifiers do not know it, so it signs beside an RSA key.</summary>
    Ed25519,
}
