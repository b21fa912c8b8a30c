using System.Xml.Linq;
using AdminPanel.Data;
using AdminPanel.Data.Model;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Platform.DataProtection;

/// <summary>
/// The key ring in the database, where every panel finds it, each entry encrypted whole with the key file: a stolen
/// dump forges no cookie.
/// </summary>
internal sealed class KeyRingTable(IServiceScopeFactory scopes, KeyFile keyFile) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AdminDb>();
        return [.. db.DataProtectionKeys.AsNoTracking().OrderBy(k => k.Name).AsEnumerable().Select(k => XElement.Parse(keyFile.Open(k.Xml, Place(k.Name))))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AdminDb>();
        db.DataProtectionKeys.Add(new DataProtectionKey
        {
            Name = friendlyName,
            Xml = keyFile.Seal(element.ToString(SaveOptions.DisableFormatting), Place(friendlyName)),
            CreatedAt = db.UtcNow,
        });
        db.SaveChanges();
    }

    private static string Place(string row) => $"data_protection_keys.xml of {row}";
}
