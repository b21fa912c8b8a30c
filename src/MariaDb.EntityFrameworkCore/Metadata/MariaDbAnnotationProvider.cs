using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace MariaDb.EntityFrameworkCore.Metadata;

/// <summary>What migrations must know of the model beyond what every relational database has: AUTO_INCREMENT.</summary>
internal sealed class MariaDbAnnotationProvider(RelationalAnnotationProviderDependencies dependencies) : RelationalAnnotationProvider(dependencies)
{
    /// <summary>On a column: true when the server counts it up.</summary>
    public const string AutoIncrement = "MariaDb:AutoIncrement";

    private static readonly HashSet<Type> Integers =
        [typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong)];

    public override IEnumerable<IAnnotation> For(IColumn column, bool designTime)
    {
        if (designTime && IsAutoIncrement(column)) yield return new Annotation(AutoIncrement, true);
    }

    // The server takes one such column a table, and it must lead a key.
    private static bool IsAutoIncrement(IColumn column) =>
        column.Table.PrimaryKey is { } key
        && key.Columns[0] == column
        && column.PropertyMappings.Any(mapping => mapping.Property is { ValueGenerated: ValueGenerated.OnAdd } property
            && Integers.Contains(Nullable.GetUnderlyingType(mapping.TypeMapping.Converter?.ProviderClrType ?? property.ClrType)
                ?? mapping.TypeMapping.Converter?.ProviderClrType ?? property.ClrType)
            && property.GetDefaultValueSql() is null
            && property.GetComputedColumnSql() is null
            && !property.TryGetDefaultValue(out _));
}
