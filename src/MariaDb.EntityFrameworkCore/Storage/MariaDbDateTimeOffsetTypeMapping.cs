using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MariaDb.EntityFrameworkCore.Storage;

/// <summary>A moment, kept as datetime(6) in UTC. Its offset is not kept: it comes back as zero.</summary>
public sealed class MariaDbDateTimeOffsetTypeMapping : RelationalTypeMapping
{
    private MariaDbDateTimeOffsetTypeMapping(RelationalTypeMappingParameters parameters) : base(parameters)
    {
    }

    public static MariaDbDateTimeOffsetTypeMapping Default { get; } = new(new RelationalTypeMappingParameters(
        new CoreTypeMappingParameters(
            typeof(DateTimeOffset),
            new ValueConverter<DateTimeOffset, DateTime>(moment => moment.UtcDateTime, utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc))),
            jsonValueReaderWriter: JsonDateTimeOffsetReaderWriter.Instance),
        "datetime(6)", StoreTypePostfix.None, System.Data.DbType.DateTime));

    // The value is a DateTime by then: literals are made after conversion.
    protected override string SqlLiteralFormatString => "TIMESTAMP '{0:yyyy-MM-dd HH\\:mm\\:ss.ffffff}'";

    protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) => new MariaDbDateTimeOffsetTypeMapping(parameters);
}
