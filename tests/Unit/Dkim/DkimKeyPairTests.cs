using System.Security.Cryptography;
using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Dkim;
using Xunit;

namespace AdminPanel.Tests.Unit.Dkim;

/// <summary>Keys that are made, and keys that people bring along.</summary>
public sealed class DkimKeyPairTests
{
    // RFC 8032 section 7.1, test 1; the record's half is that of RFC 8463 appendix A.
    private const string Seed = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    private const string Public = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    [Fact]
    public void A_made_key_is_read_again_from_what_is_written_for_the_signer()
    {
        foreach (var made in (DkimKeyPair[])[DkimKeyPair.Generate(DkimAlgorithm.Rsa, 2048), DkimKeyPair.Generate(DkimAlgorithm.Ed25519, 2048)])
        {
            var read = Read(made.ToFile());

            Assert.Equal((made.Algorithm, made.Bits), (read.Algorithm, read.Bits));
            Assert.Equal(made.PublicKey, read.PublicKey);
            Assert.Equal(made.PublicKey, DkimKeyPair.OfPrivateKey(made.Algorithm, made.PrivateKey)!.PublicKey);
        }
    }

    [Fact]
    public void Each_layout_of_other_programs_is_read()
    {
        using var rsa = RSA.Create(1024);
        var publicKey = rsa.ExportSubjectPublicKeyInfo();

        Assert.Equal(publicKey, Read(rsa.ExportRSAPrivateKeyPem()).PublicKey);
        Assert.Equal(publicKey, Read($"\n  {rsa.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\r\n")}\n").PublicKey);
        Assert.Equal(Public, Convert.ToBase64String(Read(Seed).PublicKey));
        Assert.Equal(Public, Convert.ToBase64String(Read(Convert.ToBase64String([.. Convert.FromBase64String(Seed), .. Convert.FromBase64String(Public)])).PublicKey));
        // openssl genpkey -algorithm ed25519
        byte[] pkcs8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. Convert.FromBase64String(Seed)];
        Assert.Equal(Public, Convert.ToBase64String(Read(PemEncoding.WriteString("PRIVATE KEY", pkcs8)).PublicKey));
    }

    public static TheoryData<string, string> Refused
    {
        get
        {
            using var rsa = RSA.Create(2048);
            using var small = RSA.Create(512);
            using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var pem = rsa.ExportPkcs8PrivateKeyPem();
            return new()
            {
                { "", "DkimKeyEmpty" },
                { " \n", "DkimKeyEmpty" },
                { "a key", "DkimKeyUnreadable" },
                { new string('a', 20_000), "DkimKeyTooLarge" },
                { rsa.ExportSubjectPublicKeyInfoPem(), "DkimKeyPublic" },
                { rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)), "DkimKeyEncrypted" },
                { "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----", "DkimKeyEncrypted" },
                // A line is missing, the end is missing, an octet is another.
                { string.Join('\n', pem.Split('\n').Where((_, i) => i != 5)), "DkimKeyUnreadable" },
                { pem[..^40], "DkimKeyUnreadable" },
                { pem.Replace("MII", "MIX", StringComparison.Ordinal), "DkimKeyUnreadable" },
                { small.ExportPkcs8PrivateKeyPem(), "DkimKeyTooShort" },
                { curve.ExportPkcs8PrivateKeyPem(), "DkimKeyUnreadable" },
                // Two halves that do not belong together.
                { Convert.ToBase64String([.. Convert.FromBase64String(Seed), .. Encoding.ASCII.GetBytes(new string('x', 32))]), "DkimKeyUnreadable" },
                { Convert.ToBase64String(new byte[31]), "DkimKeyUnreadable" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_usable_key_is_named(string text, string code) =>
        Assert.Equal(code, Assert.Single(Assert.IsType<Outcome<DkimKeyPair>.Refused>(DkimKeyPair.Read("Key", text)).Problems).Code);

    private static DkimKeyPair Read(string text) => Assert.IsType<Outcome<DkimKeyPair>.Done>(DkimKeyPair.Read("Key", text)).Value;
}
