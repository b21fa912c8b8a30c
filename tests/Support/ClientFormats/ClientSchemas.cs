using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace AdminPanel.Tests.Support.ClientFormats;

/// <summary>What mail programs are answered, held against the rules of its format.</summary>
public static class ClientSchemas
{
    private static readonly Lazy<XmlSchemaSet> Schemas = new(Load);

    /// <summary>The document, which keeps to the rules.</summary>
    /// <exception cref="FormatException">What does not, one a line.</exception>
    public static XDocument Parse(string text)
    {
        if (!text.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", StringComparison.Ordinal)) throw new FormatException("The first line does not say XML 1.0 in UTF-8.");

        var document = XDocument.Parse(text);
        // What no schema knows is passed over in silence.
        if (!Schemas.Value.GlobalElements.Contains(new XmlQualifiedName(document.Root!.Name.LocalName, document.Root.Name.NamespaceName))) throw new FormatException($"Nobody knows {document.Root.Name}.");

        var faults = new List<string>();
        document.Validate(Schemas.Value, (_, fault) => faults.Add(fault.Message));
        return faults.Count == 0 ? document : throw new FormatException(string.Join('\n', faults));
    }

    private static XmlSchemaSet Load()
    {
        var schemas = new XmlSchemaSet { XmlResolver = null };
        var assembly = typeof(ClientSchemas).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".xsd", StringComparison.Ordinal)))
        {
            using var reader = XmlReader.Create(assembly.GetManifestResourceStream(name)!);
            schemas.Add(XmlSchema.Read(reader, null)!);
        }
        schemas.Compile();
        return schemas;
    }
}
