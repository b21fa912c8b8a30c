using System.Collections.Concurrent;
using System.Text;
using AdminPanel.Data.Addresses;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>The statement that Postfix sends for a key, for people to read or to try: the template's, filled as in mysql_table(5).</summary>
public sealed class LookupQuery(RecipientDelimiter delimiter, bool relayDomains, string mxRelayhost)
{
    private const string Outside = "_outside";

    private static readonly ConcurrentDictionary<string, string> Queries = new(StringComparer.Ordinal);

    /// <param name="table">As rendered: the name of its file below sql/, without ".cf".</param>
    public string Of(string table, string key)
    {
        var isOutside = table.EndsWith(Outside, StringComparison.Ordinal);
        var at = key.LastIndexOf('@');
        return Queries.GetOrAdd(isOutside ? table[..^Outside.Length] : table, Read)
            .Replace("{{recipient_delimiter}}", delimiter.Sign, StringComparison.Ordinal)
            .Replace("{{takes_internal}}", isOutside ? "0" : "1", StringComparison.Ordinal)
            .Replace("{{relay_domains}}", relayDomains ? "1" : "0", StringComparison.Ordinal)
            .Replace("{{mx_relayhost}}", mxRelayhost, StringComparison.Ordinal)
            .Replace("%s", Escape(key), StringComparison.Ordinal)
            .Replace("%u", Escape(key[..Math.Max(at, 0)]), StringComparison.Ordinal)
            .Replace("%d", Escape(key[(at + 1)..]), StringComparison.Ordinal);
    }

    // The value of "query" goes on over lines that begin with white space.
    private static string Read(string table)
    {
        var query = new StringBuilder();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "sql-maps", "postfix", table + ".cf")))
        {
            if (line.StartsWith("query = ", StringComparison.Ordinal)) query.Append(line["query = ".Length..]);
            else if (query.Length > 0 && line.StartsWith(' ')) query.Append('\n').Append(line);
        }
        return query.ToString();
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
