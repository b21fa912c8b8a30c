using System.Security.Cryptography;

namespace AdminPanel.Tests.Support;

/// <summary>Numbers of the IANA registry "COSE Algorithms".</summary>
public enum CoseAlgorithm
{
    RS512 = -259,
    RS384 = -258,
    RS256 = -257,
    PS512 = -39,
    PS384 = -38,
    PS256 = -37,
    ES512 = -36,
    ES384 = -35,
    EdDsa = -8,
    ES256 = -7,
    None = 0,
}

/// <summary>The pair of keys of a <see cref="SoftwareAuthenticator"/>: what it gives away, and how it signs.</summary>
public sealed class CredentialKey(CoseAlgorithm algorithm) : IDisposable
{
    private const byte OctetKeyPair = 1, EllipticCurve = 2, Rsa = 3;

    // .NET has no Ed25519; where the public half alone matters, that of RFC 8032 section 7.1, test 1, is as good as any.
    private static readonly byte[] Ed25519Public = Convert.FromHexString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

    private readonly AsymmetricAlgorithm? pair = algorithm switch
    {
        CoseAlgorithm.ES256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        CoseAlgorithm.ES384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        CoseAlgorithm.ES512 => ECDsa.Create(ECCurve.NamedCurves.nistP521),
        CoseAlgorithm.EdDsa => null,
        _ => RSA.Create(2048),
    };

    public CoseAlgorithm Algorithm => algorithm;

    private HashAlgorithmName Hash => algorithm switch
    {
        CoseAlgorithm.ES384 or CoseAlgorithm.PS384 or CoseAlgorithm.RS384 => HashAlgorithmName.SHA384,
        CoseAlgorithm.ES512 or CoseAlgorithm.PS512 or CoseAlgorithm.RS512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    /// <summary>A COSE_Key, its labels in the order of CTAP2: kty, alg, and what the kind of key has (RFC 9053 section 7, RFC 8230 section 4).</summary>
    public byte[] Cose() => pair switch
    {
        ECDsa ecdsa when ecdsa.ExportParameters(includePrivateParameters: false).Q is var point => [0xa5, 0x01, EllipticCurve, 0x03, .. Number((int)algorithm), 0x20, Curve(ecdsa), 0x21, .. Octets(point.X!), 0x22, .. Octets(point.Y!)],
        RSA rsa when rsa.ExportParameters(includePrivateParameters: false) is var number => [0xa4, 0x01, Rsa, 0x03, .. Number((int)algorithm), 0x20, .. Octets(number.Modulus!), 0x21, .. Octets(number.Exponent!)],
        _ => [0xa4, 0x01, OctetKeyPair, 0x03, .. Number((int)algorithm), 0x20, 0x06, 0x21, .. Octets(Ed25519Public)],
    };

    /// <param name="other">Another way to sign with the same key; null is the key's own.</param>
    public byte[] Sign(byte[] data, RSASignaturePadding? other = null) => pair switch
    {
        ECDsa ecdsa => ecdsa.SignData(data, Hash, DSASignatureFormat.Rfc3279DerSequence),
        RSA rsa => rsa.SignData(data, Hash, other ?? (algorithm is CoseAlgorithm.PS256 or CoseAlgorithm.PS384 or CoseAlgorithm.PS512 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)),
        _ => throw new NotSupportedException("No Ed25519 here."),
    };

    public void Dispose() => pair?.Dispose();

    private static byte Curve(ECDsa ecdsa) => ecdsa.KeySize switch { 256 => 1, 384 => 2, _ => 3 };

    /// <summary>A negative number of CBOR (RFC 8949 section 3.1, major type 1): what is written is -1 - number.</summary>
    private static byte[] Number(int number) => (-1 - number) switch
    {
        < 24 and var small => [(byte)(0x20 + small)],
        < 256 and var middle => [0x38, (byte)middle],
        var large => [0x39, (byte)(large >> 8), (byte)large],
    };

    /// <summary>Octets of CBOR (major type 2).</summary>
    private static byte[] Octets(byte[] octets) => octets.Length switch
    {
        < 24 and var small => [(byte)(0x40 + small), .. octets],
        < 256 and var middle => [0x58, (byte)middle, .. octets],
        var large => [0x59, (byte)(large >> 8), (byte)large, .. octets],
    };
}
