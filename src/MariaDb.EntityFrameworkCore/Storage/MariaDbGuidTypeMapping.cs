using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace MariaDb.EntityFrameworkCore.Storage;

/// <summary>char(36): the uuid type came with MariaDB 10.7, and 10.6 is supported.</summary>
public sealed class MariaDbGuidTypeMapping : RelationalTypeMapping
{
    private MariaDbGuidTypeMapping(RelationalTypeMappingParameters parameters) : base(parameters)
    {
    }

    public static MariaDbGuidTypeMapping Default { get; } = new(new RelationalTypeMappingParameters(
        new CoreTypeMappingParameters(
            typeof(Guid), new ValueConverter<Guid, string>(id => id.ToString("D"), text => new Guid(text)), jsonValueReaderWriter: JsonGuidReaderWriter.Instance),
        "char(36)", StoreTypePostfix.None, System.Data.DbType.String));

    protected override string SqlLiteralFormatString => "'{0}'";

    protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) => new MariaDbGuidTypeMapping(parameters);
}
