using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AdminPanel.Tests.Support;

/// <summary>
/// A passkey of one account, made of a key and a counter as Web Authentication sections 6 and 7 say: what a browser and a
/// device would answer, and what an attacker would.
/// </summary>
public sealed class SoftwareAuthenticator(CoseAlgorithm algorithm = CoseAlgorithm.ES256) : IDisposable
{
    private readonly CredentialKey key = new(algorithm);

    [Flags]
    private enum Flag : byte
    {
        Present = 0x01,
        Verified = 0x04,
        BackupEligible = 0x08,
        Attested = 0x40,
    }

    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>Where the browser says that it is.</summary>
    public string Origin { get; set; } = "http://localhost";

    /// <summary>The name that the device signs for; null is the one it is asked for.</summary>
    public string? Domain { get; set; }

    /// <summary>Whether it has asked for a finger, a face or a PIN.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>Whether the page stands in a frame of somebody else's.</summary>
    public bool IsFramed { get; set; }

    /// <summary>Whether it may be copied.</summary>
    public bool IsBackupEligible { get; set; }

    /// <summary>Whether the last bit of its signatures is another one.</summary>
    public bool Spoils { get; set; }

    /// <summary>How an RSA key signs, if not as its algorithm says.</summary>
    public RSASignaturePadding? Padding { get; set; }

    /// <summary>Goes up with each answer; 0 stays 0 for a device that does not count.</summary>
    public uint Count { get; set; }

    /// <summary>What the panel called the account when it was made, base64url.</summary>
    public string? UserHandle { get; set; }

    /// <summary>What a browser sends after navigator.credentials.create.</summary>
    public string Create(string options)
    {
        using var asked = JsonDocument.Parse(options);
        UserHandle = asked.RootElement.GetProperty("user").GetProperty("id").GetString();
        byte[] made = [.. new byte[16], .. Short(Id.Length), .. Id, .. key.Cose()];
        var data = Data(asked.RootElement.GetProperty("rp").GetProperty("id").GetString()!, Flag.Attested, made);
        byte[] attestation = [0xa3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xa0, .. Text("authData"), 0x59, .. Short(data.Length), .. data];
        return Credential(new
        {
            clientDataJSON = Base64Url.EncodeToString(Client(asked, "webauthn.create")), attestationObject = Base64Url.EncodeToString(attestation),
            publicKeyAlgorithm = (int)key.Algorithm, transports = new[] { "internal", "<script>" },
        });
    }

    /// <summary>What a browser sends after navigator.credentials.get.</summary>
    public string Answer(string options)
    {
        if (Count > 0) Count++;
        using var asked = JsonDocument.Parse(options);
        var (client, data) = (Client(asked, "webauthn.get"), Data(asked.RootElement.GetProperty("rpId").GetString()!, 0, []));
        var signature = key.Sign([.. data, .. SHA256.HashData(client)], Padding);
        if (Spoils) signature[^1] ^= 1;
        return Credential(new { clientDataJSON = Base64Url.EncodeToString(client), authenticatorData = Base64Url.EncodeToString(data), signature = Base64Url.EncodeToString(signature), userHandle = UserHandle });
    }

    /// <summary>The same number and owner with another key: what somebody makes who knows both and not the key.</summary>
    public SoftwareAuthenticator Forged() => new(key.Algorithm) { Id = Id, UserHandle = UserHandle, Count = Count };

    public void Dispose() => key.Dispose();

    private static byte[] Short(int length)
    {
        var octets = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(octets, (ushort)length);
        return octets;
    }

    /// <summary>A text of CBOR of fewer than 24 octets (RFC 8949 section 3.1, major type 3).</summary>
    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    private byte[] Client(JsonDocument asked, string type) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = asked.RootElement.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = IsFramed });

    private byte[] Data(string domain, Flag flags, byte[] made)
    {
        flags |= Flag.Present | (Verifies ? Flag.Verified : 0) | (IsBackupEligible ? Flag.BackupEligible : 0);
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.ASCII.GetBytes(Domain ?? domain)), (byte)flags, .. count, .. made];
    }

    private string Credential<T>(T response)
    {
        var id = Base64Url.EncodeToString(Id);
        return JsonSerializer.Serialize(new { id, rawId = id, type = "public-key", authenticatorAttachment = "platform", clientExtensionResults = new { }, response });
    }
}
