using System.Text;

namespace MariaDb.Client.Sql;

/// <summary>A command's text as the server gets it: every @name replaced by "?", with the names in order of appearance.</summary>
internal sealed class SqlText
{
    private SqlText(byte[] utf8, IReadOnlyList<string> names, StatementKind kind, bool leavesTraces)
    {
        Utf8 = utf8;
        ParameterNames = names;
        Kind = kind;
        LeavesTraces = leavesTraces;
    }

    public byte[] Utf8 { get; }

    /// <summary>Without the @, once for each appearance.</summary>
    public IReadOnlyList<string> ParameterNames { get; }

    public StatementKind Kind { get; }

    /// <summary>
    /// The session may differ afterwards (variables, locks, temporary tables), so it is reset before somebody else gets
    /// it. A SELECT of a stored function that does such things is not noticed.
    /// </summary>
    public bool LeavesTraces { get; }

    /// <exception cref="MariaDbException">The text has a bare "?".</exception>
    public static SqlText Parse(string text)
    {
        var scanner = new SqlScanner(text);
        scanner.Scan();
        var kind = KindOf(scanner.FirstWord, scanner.HasHiddenCode);
        var leavesTraces = kind is StatementKind.Other or StatementKind.Use || scanner.TouchesSession;
        return new SqlText(Encoding.UTF8.GetBytes(scanner.Output), scanner.Names, kind, leavesTraces);
    }

    private static StatementKind KindOf(string firstWord, bool hasHiddenCode) => hasHiddenCode ? StatementKind.Other : firstWord switch
    {
        "SELECT" or "WITH" or "VALUES" or "SHOW" or "EXPLAIN" or "DESCRIBE" or "DESC" => StatementKind.Read,
        "INSERT" or "UPDATE" or "DELETE" or "REPLACE" => StatementKind.Change,
        "USE" => StatementKind.Use,
        _ => StatementKind.Other,
    };
}
