using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.Json;

namespace MariaDb.EntityFrameworkCore.Storage;

/// <summary>
/// datetime(6) holding UTC: values come back with <see cref="DateTimeKind.Utc"/>; local ones are converted on the way
/// in, and those of no kind are taken to be UTC already.
/// </summary>
public sealed class MariaDbDateTimeTypeMapping : DateTimeTypeMapping
{
    private static readonly MethodInfo AsUtcMethod = typeof(MariaDbDateTimeTypeMapping).GetMethod(nameof(AsUtc), [typeof(DateTime)])!;

    private MariaDbDateTimeTypeMapping(RelationalTypeMappingParameters parameters) : base(parameters)
    {
    }

    public static new MariaDbDateTimeTypeMapping Default { get; } = new(new RelationalTypeMappingParameters(
        new CoreTypeMappingParameters(typeof(DateTime), jsonValueReaderWriter: JsonDateTimeReaderWriter.Instance),
        "datetime(6)", StoreTypePostfix.None, System.Data.DbType.DateTime));

    protected override string SqlLiteralFormatString => "TIMESTAMP '{0:yyyy-MM-dd HH\\:mm\\:ss.ffffff}'";

    /// <summary>The value as the server keeps it.</summary>
    public static DateTime AsUtc(DateTime value) =>
        value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : DateTime.SpecifyKind(value, DateTimeKind.Utc);

    public override Expression CustomizeDataReaderExpression(Expression expression) => Expression.Call(AsUtcMethod, expression);

    protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) => new MariaDbDateTimeTypeMapping(parameters);

    protected override void ConfigureParameter(DbParameter parameter)
    {
        base.ConfigureParameter(parameter);
        if (parameter.Value is DateTime value) parameter.Value = AsUtc(value);
    }

    protected override string GenerateNonNullSqlLiteral(object value) => base.GenerateNonNullSqlLiteral(AsUtc((DateTime)value));
}
