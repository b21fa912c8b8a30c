using AdminPanel.Data.Addresses;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal static class Conversions
{
    /// <summary>Long enough for every word of every enum, short enough for composite keys.</summary>
    private const int WordLength = 16;

    public static PropertyBuilder<DomainName> AsDomainName(this PropertyBuilder<DomainName> property) =>
        property.HasConversion(name => name.Value, text => DomainName.Parse(text)).HasMaxLength(DomainName.MaxOctets);

    public static PropertyBuilder<TEnum> AsWord<TEnum>(this PropertyBuilder<TEnum> property) where TEnum : struct, Enum =>
        property.HasConversion(value => ColumnConventions.Word(value), word => ColumnConventions.FromWord<TEnum>(word)).HasMaxLength(WordLength);

    public static PropertyBuilder<TEnum?> AsWord<TEnum>(this PropertyBuilder<TEnum?> property) where TEnum : struct, Enum =>
        property.HasConversion(value => ColumnConventions.Word(value!.Value), word => ColumnConventions.FromWord<TEnum>(word)).HasMaxLength(WordLength);
}
