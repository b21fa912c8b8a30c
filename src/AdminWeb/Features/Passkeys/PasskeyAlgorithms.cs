using System.Collections.Frozen;
using System.Text.Json;

namespace AdminPanel.Web.Features.Passkeys;

/// <summary>
/// How a passkey may sign: what Identity's handler verifies, each by its number in the IANA registry "COSE Algorithms".
/// Named here, so that what an update of the framework adds is offered once it was tried. Not among them are EdDSA (-8),
/// for which .NET has no code, and RS1 (-65535), which is SHA-1.
/// </summary>
internal static class PasskeyAlgorithms
{
    private static readonly FrozenSet<int> Offered =
    [
        -7, // ES256, which nearly every device has.
        -35, -36, // ES384, ES512
        -257, // RS256: all that some TPMs of Windows Hello have.
        -258, -259, // RS384, RS512
        -37, -38, -39, // PS256, PS384, PS512
    ];

    public static bool IsOffered(int algorithm) => Offered.Contains(algorithm);

    /// <summary>
    /// Whether a browser's JSON says that the new key signs in a way that was not asked for (WebAuthn section 5.1,
    /// RegistrationResponseJSON). Only for words about a refusal: what is kept is what the handler has read of the key itself.
    /// </summary>
    public static bool IsForeign(string credential)
    {
        try
        {
            using var json = JsonDocument.Parse(credential);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.Object
                && response.TryGetProperty("publicKeyAlgorithm", out var said) && said.ValueKind == JsonValueKind.Number && said.TryGetInt32(out var algorithm) && !IsOffered(algorithm);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
