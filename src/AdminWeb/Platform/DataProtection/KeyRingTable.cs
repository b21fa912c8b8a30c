using System.Data.Common;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace AdminPanel.Web.Platform.DataProtection;

/// <summary>
/// The key ring in the database, where every panel finds it, each entry encrypted whole with the key file: a stolen
/// dump forges no cookie. It is read before the panel listens, so it asks the driver: EF Core's own start took half of
/// the panel's, and its retries kept a panel whose database is down from saying so.
/// </summary>
internal sealed class KeyRingTable(DbDataSource database, KeyFile keyFile, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, xml FROM data_protection_keys ORDER BY name";
        using var rows = command.ExecuteReader();
        var elements = new List<XElement>();
        while (rows.Read()) elements.Add(XElement.Parse(keyFile.Open(rows.GetString(1), Place(rows.GetString(0)))));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO data_protection_keys (name, xml, created_at) VALUES (@name, @xml, @created_at)";
        Add(command, "name", friendlyName);
        Add(command, "xml", keyFile.Seal(element.ToString(SaveOptions.DisableFormatting), Place(friendlyName)));
        Add(command, "created_at", time.GetUtcNow().UtcDateTime);
        command.ExecuteNonQuery();
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private static string Place(string row) => $"data_protection_keys.xml of {row}";
}
