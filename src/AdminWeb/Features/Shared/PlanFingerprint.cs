using System.Security.Cryptography;
using System.Text.Json;

namespace AdminPanel.Web.Features.Shared;

/// <summary>A digest of a deletion's plan. It goes into the form and comes back with it: another plan has another one.</summary>
internal static class PlanFingerprint
{
    public static string Of<T>(T content) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(content)));
}
