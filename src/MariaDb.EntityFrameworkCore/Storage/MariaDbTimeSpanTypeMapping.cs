using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;

namespace MariaDb.EntityFrameworkCore.Storage;

/// <summary>A span of at most 838:59:59 either way, as time(6): what the server's type holds.</summary>
public sealed class MariaDbTimeSpanTypeMapping : TimeSpanTypeMapping
{
    private MariaDbTimeSpanTypeMapping(RelationalTypeMappingParameters parameters) : base(parameters)
    {
    }

    public static new MariaDbTimeSpanTypeMapping Default { get; } = new(new RelationalTypeMappingParameters(
        new CoreTypeMappingParameters(typeof(TimeSpan), jsonValueReaderWriter: JsonTimeSpanReaderWriter.Instance),
        "time(6)", StoreTypePostfix.None, System.Data.DbType.Time));

    protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) => new MariaDbTimeSpanTypeMapping(parameters);

    protected override string GenerateNonNullSqlLiteral(object value)
    {
        var span = (TimeSpan)value;
        var length = span.Duration();
        var hours = (length.Days * 24) + length.Hours;
        return string.Create(CultureInfo.InvariantCulture, $"TIME '{(span < TimeSpan.Zero ? "-" : "")}{hours:00}:{length:mm\\:ss\\.ffffff}'");
    }
}
