using System.Globalization;
using Microsoft.EntityFrameworkCore.Storage;

namespace MariaDb.EntityFrameworkCore.Storage;

/// <summary>Which column type holds which .NET type.</summary>
internal sealed class MariaDbTypeMappingSource(
    TypeMappingSourceDependencies dependencies, RelationalTypeMappingSourceDependencies relationalDependencies)
    : RelationalTypeMappingSource(dependencies, relationalDependencies)
{
    // A row holds 65,535 octets and a character up to four; longer text lives outside of the row.
    private const int LongestVarchar = 16_383;

    private const int LongestVarbinary = 65_532;

    // InnoDB's index entries end at 3,072 octets: 255 characters leave room for composite keys.
    private const int KeyLength = 255;

    private const int DecimalPrecision = 18;

    private const int DecimalScale = 6;

    private static readonly Dictionary<Type, RelationalTypeMapping> ByClrType = new()
    {
        [typeof(bool)] = BoolTypeMapping.Default.WithStoreTypeAndSize("tinyint(1)", null),
        [typeof(sbyte)] = SByteTypeMapping.Default.WithStoreTypeAndSize("tinyint", null),
        [typeof(byte)] = ByteTypeMapping.Default.WithStoreTypeAndSize("tinyint unsigned", null),
        [typeof(short)] = ShortTypeMapping.Default.WithStoreTypeAndSize("smallint", null),
        [typeof(ushort)] = UShortTypeMapping.Default.WithStoreTypeAndSize("smallint unsigned", null),
        [typeof(int)] = IntTypeMapping.Default.WithStoreTypeAndSize("int", null),
        [typeof(uint)] = UIntTypeMapping.Default.WithStoreTypeAndSize("int unsigned", null),
        [typeof(long)] = LongTypeMapping.Default.WithStoreTypeAndSize("bigint", null),
        [typeof(ulong)] = ULongTypeMapping.Default.WithStoreTypeAndSize("bigint unsigned", null),
        [typeof(float)] = FloatTypeMapping.Default.WithStoreTypeAndSize("float", null),
        [typeof(double)] = DoubleTypeMapping.Default.WithStoreTypeAndSize("double", null),
        [typeof(DateTime)] = MariaDbDateTimeTypeMapping.Default,
        [typeof(DateTimeOffset)] = MariaDbDateTimeOffsetTypeMapping.Default,
        [typeof(DateOnly)] = DateOnlyTypeMapping.Default.WithStoreTypeAndSize("date", null),
        [typeof(TimeOnly)] = TimeOnlyTypeMapping.Default.WithStoreTypeAndSize("time(6)", null),
        [typeof(TimeSpan)] = MariaDbTimeSpanTypeMapping.Default,
        [typeof(Guid)] = MariaDbGuidTypeMapping.Default,
    };

    /// <summary>The .NET types a column type may hold, the usual one first.</summary>
    private static readonly Dictionary<string, Type[]> ByStoreType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tinyint"] = [typeof(sbyte), typeof(bool)],
        ["tinyint unsigned"] = [typeof(byte)],
        ["smallint"] = [typeof(short)],
        ["smallint unsigned"] = [typeof(ushort)],
        ["int"] = [typeof(int)],
        ["int unsigned"] = [typeof(uint)],
        ["bigint"] = [typeof(long)],
        ["bigint unsigned"] = [typeof(ulong)],
        ["float"] = [typeof(float)],
        ["double"] = [typeof(double)],
        ["decimal"] = [typeof(decimal)],
        ["datetime"] = [typeof(DateTime), typeof(DateTimeOffset)],
        ["timestamp"] = [typeof(DateTime), typeof(DateTimeOffset)],
        ["date"] = [typeof(DateOnly)],
        ["time"] = [typeof(TimeSpan), typeof(TimeOnly)],
        ["char"] = [typeof(string), typeof(Guid)],
        ["varchar"] = [typeof(string), typeof(Guid)],
        ["tinytext"] = [typeof(string)],
        ["text"] = [typeof(string)],
        ["mediumtext"] = [typeof(string)],
        ["longtext"] = [typeof(string)],
        ["enum"] = [typeof(string)],
        ["json"] = [typeof(string)],
        ["binary"] = [typeof(byte[])],
        ["varbinary"] = [typeof(byte[])],
        ["tinyblob"] = [typeof(byte[])],
        ["blob"] = [typeof(byte[])],
        ["mediumblob"] = [typeof(byte[])],
        ["longblob"] = [typeof(byte[])],
    };

    protected override RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo) =>
        base.FindMapping(mappingInfo) ?? Find(mappingInfo);

    private static RelationalTypeMapping? Find(in RelationalTypeMappingInfo info)
    {
        if (info.StoreTypeName is not { } storeType) return info.ClrType is { } type ? Sized(type, info) : null;
        if (!ByStoreType.TryGetValue(BaseName(storeType, info.StoreTypeNameBase), out var clrTypes)) return null;

        var clrType = info.ClrType ?? (storeType.StartsWith("tinyint(1)", StringComparison.OrdinalIgnoreCase) ? typeof(bool) : clrTypes[0]);
        return clrTypes.Contains(clrType) ? Sized(clrType, info)?.WithStoreTypeAndSize(storeType, info.Size) : null;
    }

    /// <summary>"bigint(20) unsigned" as "bigint unsigned".</summary>
    private static string BaseName(string storeType, string? baseName)
    {
        var name = baseName ?? storeType;
        var isUnsigned = storeType.Contains("unsigned", StringComparison.OrdinalIgnoreCase);
        return isUnsigned && !name.Contains("unsigned", StringComparison.OrdinalIgnoreCase) ? $"{name} unsigned" : name;
    }

    private static RelationalTypeMapping? Sized(Type clrType, in RelationalTypeMappingInfo info)
    {
        if (clrType == typeof(string)) return Text(info);
        if (clrType == typeof(byte[])) return info.ElementTypeMapping is null ? Bytes(info) : null;
        if (clrType == typeof(decimal)) return Decimal(info);
        return ByClrType.GetValueOrDefault(clrType);
    }

    private static RelationalTypeMapping Text(in RelationalTypeMappingInfo info)
    {
        var size = info.Size ?? (info.IsKeyOrIndex ? KeyLength : null);
        if (size is not { } length || length > LongestVarchar) return MariaDbStringTypeMapping.Default;

        return MariaDbStringTypeMapping.Default.WithStoreTypeAndSize(Invariant(info.IsFixedLength == true ? "char" : "varchar", length), length);
    }

    private static RelationalTypeMapping Bytes(in RelationalTypeMappingInfo info)
    {
        var size = info.Size ?? (info.IsKeyOrIndex ? KeyLength : null);
        if (size is not { } length || length > LongestVarbinary) return ByteArrayTypeMapping.Default.WithStoreTypeAndSize("longblob", null);

        return ByteArrayTypeMapping.Default.WithStoreTypeAndSize(Invariant(info.IsFixedLength == true ? "binary" : "varbinary", length), length);
    }

    private static RelationalTypeMapping Decimal(in RelationalTypeMappingInfo info)
    {
        var (precision, scale) = (info.Precision ?? DecimalPrecision, info.Scale ?? (info.Precision is null ? DecimalScale : 0));
        return DecimalTypeMapping.Default
            .WithStoreTypeAndSize(string.Create(CultureInfo.InvariantCulture, $"decimal({precision},{scale})"), null)
            .WithPrecisionAndScale(precision, scale);
    }

    private static string Invariant(string name, int length) => string.Create(CultureInfo.InvariantCulture, $"{name}({length})");
}
