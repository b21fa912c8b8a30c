using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace AdminPanel.Tests.Support.ClientFormats;

/// <summary>
/// Reads an XML property list as Apple's parser does, and forgives less: the document type, nothing between elements,
/// in a dict keys and values in turn and no key twice, values that are of their type (plist(5) of macOS, PropertyList-1.0.dtd).
/// </summary>
public static partial class Plist
{
    /// <returns>Dictionaries, lists, strings, longs and booleans.</returns>
    /// <exception cref="FormatException">What is wrong, and where.</exception>
    public static IReadOnlyDictionary<string, object> Parse(string text)
    {
        if (!text.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", StringComparison.Ordinal)) throw new FormatException("The first line does not say XML 1.0 in UTF-8.");

        var document = Read(text);
        if (document.DocumentType is not { Name: "plist", PublicId: "-//Apple//DTD PLIST 1.0//EN", SystemId: "http://www.apple.com/DTDs/PropertyList-1.0.dtd" }) throw new FormatException("It has not the document type of a property list.");
        if (document.Root is not { Name.LocalName: "plist" } root || root.Attributes().Select(a => a.ToString()).SingleOrDefault() != "version=\"1.0\"") throw new FormatException("The root is not <plist version=\"1.0\">.");
        return Children(root) is [var only] && Value(only) is Dictionary<string, object> dict ? dict : throw new FormatException("The root holds something else than one dict.");
    }

    private static XDocument Read(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, XmlResolver = null });
            return XDocument.Load(reader);
        }
        catch (XmlException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static object Value(XElement element)
    {
        if (element.Name.Namespace != XNamespace.None || (element.HasAttributes && element.Name.LocalName != "plist")) throw new FormatException($"<{element.Name}> has a namespace or attributes.");

        return element.Name.LocalName switch
        {
            "dict" => Dict(element),
            "array" => Children(element).Select(Value).ToList(),
            "string" => Text(element),
            "integer" => Number().IsMatch(Text(element)) ? long.Parse(element.Value, CultureInfo.InvariantCulture) : throw new FormatException($"'{element.Value}' is no integer."),
            "true" or "false" => element.IsEmpty || element.Value.Length == 0 ? element.Name.LocalName == "true" : throw new FormatException($"<{element.Name}> holds '{element.Value}'."),
            _ => throw new FormatException($"<{element.Name}> is no value that is known."),
        };
    }

    private static Dictionary<string, object> Dict(XElement dict)
    {
        var found = new Dictionary<string, object>(StringComparer.Ordinal);
        var children = Children(dict);
        if (children.Count % 2 != 0) throw new FormatException("A dict has a key without a value.");
        foreach (var pair in children.Chunk(2))
        {
            if (pair[0].Name != "key" || pair[1].Name == "key") throw new FormatException($"In a dict <{pair[0].Name}> and <{pair[1].Name}> follow one another.");
            if (!found.TryAdd(Text(pair[0]), Value(pair[1]))) throw new FormatException($"The key {pair[0].Value} stands twice.");
        }
        return found;
    }

    private static List<XElement> Children(XElement element) =>
        element.Nodes().All(n => n is XElement || (n is XText text && string.IsNullOrWhiteSpace(text.Value))) ? [.. element.Elements()] : throw new FormatException($"<{element.Name}> holds more than elements.");

    private static string Text(XElement element) => element.HasElements ? throw new FormatException($"<{element.Name}> holds elements.") : element.Value;

    [GeneratedRegex("^-?[0-9]{1,18}$")]
    private static partial Regex Number();
}
