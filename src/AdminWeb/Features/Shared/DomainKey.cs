using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.Shared;

internal static class DomainKey
{
    public static (bool IsKey, DomainName Key) Parse(string text) => (DomainName.TryParse(text, out var name), name);

    /// <summary>What somebody typed as the stored form begins: a whole name in Unicode becomes its A-labels, a beginning stays as it is.</summary>
    public static string Prefix(string typed) => DomainName.TryParse(typed, out var name) ? name.Value : typed;
}
