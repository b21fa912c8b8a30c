using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AdminPanel.Data.Mapping;

/// <summary>What holds for every column: snake_case names, one collation that compares octet by octet, enums as words.</summary>
internal static class ColumnConventions
{
    /// <summary>
    /// Compares every octet, trailing spaces included. Never ascii or latin1 for what a daemon asks for: a key with
    /// other characters would be a query error, and one query error silences a Postfix table for a minute.
    /// </summary>
    public const string Exact = "utf8mb4_nopad_bin";

    /// <summary>For names that people read and sort.</summary>
    public const string ForPeople = "utf8mb4_unicode_520_nopad_ci";

    /// <summary>Of a language tag as "pt-BR".</summary>
    public const int MaxLanguage = 10;

    public static void UseColumnConventions(this ModelBuilder modelBuilder)
    {
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Words.SnakeCase(property.Name));
                if (StoresText(property) && property.GetCollation() is null) property.SetCollation(Exact);
            }
            if (typeof(IVersioned).IsAssignableFrom(entity.ClrType)) entity.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
        }
    }

    private static bool StoresText(IMutableProperty property) =>
        (property.GetValueConverter()?.ProviderClrType ?? property.GetProviderClrType() ?? property.ClrType) == typeof(string);
}
