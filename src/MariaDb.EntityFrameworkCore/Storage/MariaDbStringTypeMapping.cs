using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;

namespace MariaDb.EntityFrameworkCore.Storage;

/// <summary>varchar(n) or longtext. Public, as compiled models name it.</summary>
public sealed class MariaDbStringTypeMapping : StringTypeMapping
{
    private MariaDbStringTypeMapping(RelationalTypeMappingParameters parameters) : base(parameters)
    {
    }

    public static new MariaDbStringTypeMapping Default { get; } = new(new RelationalTypeMappingParameters(
        new CoreTypeMappingParameters(typeof(string), jsonValueReaderWriter: JsonStringReaderWriter.Instance),
        "longtext", StoreTypePostfix.None, System.Data.DbType.String, unicode: true));

    protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) => new MariaDbStringTypeMapping(parameters);

    // A backslash begins an escape in a literal unless sql_mode has NO_BACKSLASH_ESCAPES, which the driver's sessions have not.
    protected override string EscapeSqlLiteral(string literal) =>
        literal.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal);
}
