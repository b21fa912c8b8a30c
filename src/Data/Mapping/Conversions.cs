using AdminPanel.Data.Addresses;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdminPanel.Data.Mapping;

internal static class Conversions
{
    /// <summary>Long enough for every word of every enum, short enough for composite keys.</summary>
    private const int WordLength = 16;

    // The compiled model writes down what "not set" looks like, as the column would hold it, and a name that was never
    // parsed has no text. The name stands below a top-level domain that will never be (RFC 2606 section 2).
    private static readonly DomainName NotSet = DomainName.Parse("not-set.invalid");

    public static PropertyBuilder<DomainName> AsDomainName(this PropertyBuilder<DomainName> property) =>
        property.HasConversion(name => name.Value, text => DomainName.Parse(text)).HasMaxLength(DomainName.MaxOctets).HasSentinel(NotSet);

    public static PropertyBuilder<TEnum> AsWord<TEnum>(this PropertyBuilder<TEnum> property) where TEnum : struct, Enum =>
        property.HasConversion(value => Words.Of(value), word => Words.Parse<TEnum>(word)).HasMaxLength(WordLength);

    public static PropertyBuilder<TEnum?> AsWord<TEnum>(this PropertyBuilder<TEnum?> property) where TEnum : struct, Enum =>
        property.HasConversion(value => Words.Of(value!.Value), word => Words.Parse<TEnum>(word)).HasMaxLength(WordLength);
}
