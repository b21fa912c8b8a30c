using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;
using Microsoft.EntityFrameworkCore.Metadata.Conventions.Infrastructure;

namespace MariaDb.EntityFrameworkCore.Metadata;

internal sealed class MariaDbConventionSetBuilder(
    ProviderConventionSetBuilderDependencies dependencies, RelationalConventionSetBuilderDependencies relationalDependencies)
    : RelationalConventionSetBuilder(dependencies, relationalDependencies)
{
    // "Identifier Names", mariadb.com/kb/en/identifier-names: 64 characters for tables, columns, indexes and constraints.
    private const int MaxIdentifierLength = 64;

    public override ConventionSet CreateConventionSet()
    {
        var conventions = base.CreateConventionSet();
        conventions.Add(new RelationalMaxIdentifierLengthConvention(MaxIdentifierLength, Dependencies, RelationalDependencies));
        conventions.Add(new PrimaryKeyNameConvention());
        return conventions;
    }

    /// <summary>
    /// Every primary key is called PRIMARY, as the server calls it. With a name made from the table's, a renamed table
    /// would drop and add its primary key, which the server refuses under an AUTO_INCREMENT column (error 1075).
    /// </summary>
    private sealed class PrimaryKeyNameConvention : IModelFinalizingConvention
    {
        public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
        {
            foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
            {
                if (entity.BaseType is null && entity.FindPrimaryKey() is { } key) key.SetName("PRIMARY");
            }
        }
    }
}
