using System.Data.Common;
using MariaDb.Client;
using Microsoft.EntityFrameworkCore.Storage;

namespace MariaDb.EntityFrameworkCore.Storage;

internal sealed class MariaDbRelationalConnection(RelationalConnectionDependencies dependencies) : RelationalConnection(dependencies)
{
    protected override bool SupportsAmbientTransactions => false;

    protected override DbConnection CreateDbConnection() => new MariaDbConnection(GetValidatedConnectionString());
}
