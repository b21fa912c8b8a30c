using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Dns;

/// <summary>A DKIM key as its record publishes it: the half that everybody may read.</summary>
/// <param name="Selector">One or more DNS labels: "s2026a" (RFC 6376 section 3.1).</param>
/// <param name="PublicKey">RSA: the DER of a SubjectPublicKeyInfo (RFC 6376 section 3.6.1, erratum 3017); Ed25519: its 32 octets (RFC 8463 section 4).</param>
/// <param name="Required">Whether mail fails without the record: true for the key that signs now, and for one that signed until lately.</param>
/// <param name="State">What the key is doing, as the page shows it: one word.</param>
public sealed record PublishedKey(string Selector, DkimAlgorithm Algorithm, byte[] PublicKey, bool Required, string State);
