using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.Dkim;

/// <summary>Both halves of a DKIM key, in memory between its making and its sealing.</summary>
/// <param name="Bits">Of an RSA modulus; null for Ed25519.</param>
/// <param name="PublicKey">RSA: SubjectPublicKeyInfo (RFC 6376 section 3.6.1, erratum 3017); Ed25519: 32 octets (RFC 8463 section 4).</param>
/// <param name="PrivateKey">RSA: PKCS#8; Ed25519: the seed of 32 octets.</param>
public sealed record DkimKeyPair(DkimAlgorithm Algorithm, int? Bits, byte[] PublicKey, byte[] PrivateKey)
{
    /// <summary>Lengths of RSA that are made.</summary>
    public static readonly IReadOnlyList<int> Lengths = [2048, 3072, 4096];

    /// <summary>Verifiers need not take less, nor more (RFC 8301 section 3.2).</summary>
    public const int ShortestLength = 1024;

    public const int LongestLength = 4096;

    private const string Ed25519Oid = "1.3.101.112";

    /// <summary>A PEM of 4096 bits has 3,300.</summary>
    private const int MaxCharacters = 16_384;

    /// <param name="bits">Of RSA, one of <see cref="Lengths"/>; it takes up to seconds.</param>
    public static DkimKeyPair Generate(DkimAlgorithm algorithm, int bits)
    {
        if (algorithm == DkimAlgorithm.Ed25519) return OfSeed(RandomNumberGenerator.GetBytes(Ed25519.KeyLength));

        using var rsa = RSA.Create(bits);
        return Of(rsa);
    }

    /// <summary>Reads a private key as other programs write it: PEM with PKCS#1 or PKCS#8 (OpenDKIM, Rspamd, OpenSSL), or Ed25519 in base64 (Rspamd).</summary>
    /// <param name="field">Of the problem.</param>
    public static Outcome<DkimKeyPair> Read(string field, string text)
    {
        text = text.Trim();
        if (text.Length is 0 or > MaxCharacters) return Refused(text.Length == 0 ? "DkimKeyEmpty" : "DkimKeyTooLarge");
        if (text.Contains("ENCRYPTED", StringComparison.Ordinal)) return Refused("DkimKeyEncrypted");

        try
        {
            var pair = PemEncoding.TryFind(text, out var fields) ? OfPem(text, fields) : OfBase64(text);
            return pair switch
            {
                null => Refused(text.Contains("PUBLIC KEY", StringComparison.Ordinal) ? "DkimKeyPublic" : "DkimKeyUnreadable"),
                { Bits: < ShortestLength } => Outcome.Refused<DkimKeyPair>(new Problem(field, "DkimKeyTooShort", pair.Bits, ShortestLength)),
                { Bits: > LongestLength } => Outcome.Refused<DkimKeyPair>(new Problem(field, "DkimKeyTooLong", pair.Bits, LongestLength)),
                _ => Outcome.Done(pair),
            };
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or ArgumentException or FormatException)
        {
            return Refused("DkimKeyUnreadable");
        }

        Outcome<DkimKeyPair> Refused(string code) => Outcome.Refused<DkimKeyPair>(new Problem(field, code));
    }

    /// <summary>As Rspamd and OpenDKIM read it from a file.</summary>
    public string ToFile() => Algorithm == DkimAlgorithm.Rsa ? PemEncoding.WriteString("PRIVATE KEY", PrivateKey) + "\n" : Convert.ToBase64String(PrivateKey) + "\n";

    /// <summary>Of a private half that was made or read here before.</summary>
    /// <returns>Null where it is none.</returns>
    public static DkimKeyPair? OfPrivateKey(DkimAlgorithm algorithm, byte[] privateKey)
    {
        try
        {
            return algorithm == DkimAlgorithm.Rsa ? OfPkcs8(privateKey) : OfSeed(privateKey);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or ArgumentException)
        {
            return null;
        }
    }

    private static DkimKeyPair? OfPem(string text, PemFields fields)
    {
        var label = text[fields.Label];
        var octets = Convert.FromBase64String(text[fields.Base64Data]);
        if (label == "PRIVATE KEY") return OfPkcs8(octets);
        if (label != "RSA PRIVATE KEY") return null;

        using var rsa = RSA.Create();
        rsa.ImportRSAPrivateKey(octets, out _);
        return Of(rsa);
    }

    private static DkimKeyPair OfPkcs8(byte[] octets)
    {
        // PrivateKeyInfo: version, algorithm, key (RFC 5208 section 5).
        var info = new AsnReader(octets, AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        // The key of Ed25519 is an OCTET STRING within another (RFC 8410 section 7).
        if (info.ReadSequence().ReadObjectIdentifier() == Ed25519Oid) return OfSeed(new AsnReader(info.ReadOctetString(), AsnEncodingRules.DER).ReadOctetString());

        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(octets, out _);
        return Of(rsa);
    }

    // A seed, or a seed and the public half behind it, as Rspamd writes them.
    private static DkimKeyPair? OfBase64(string text)
    {
        var octets = new byte[Encoding.UTF8.GetByteCount(text)];
        if (!Convert.TryFromBase64String(text, octets, out var length) || length is not (Ed25519.KeyLength or 2 * Ed25519.KeyLength)) return null;

        var pair = OfSeed(octets[..Ed25519.KeyLength]);
        return length == Ed25519.KeyLength || pair.PublicKey.AsSpan().SequenceEqual(octets.AsSpan(Ed25519.KeyLength, Ed25519.KeyLength)) ? pair : null;
    }

    private static DkimKeyPair OfSeed(byte[] seed) => new(DkimAlgorithm.Ed25519, null, Ed25519.PublicKeyOf(seed), seed);

    private static DkimKeyPair Of(RSA rsa) => new(DkimAlgorithm.Rsa, rsa.KeySize, rsa.ExportSubjectPublicKeyInfo(), rsa.ExportPkcs8PrivateKey());
}
