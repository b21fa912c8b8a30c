using MariaDb.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace MariaDb.EntityFrameworkCore;

/// <summary>What a query can ask of MariaDB beyond LINQ.</summary>
public static class MariaDbQueryableExtensions
{
    /// <summary>
    /// All rows of a table, read through one of its indexes whatever the server would choose: FORCE INDEX, mariadb.com/kb/en/force-index.
    /// </summary>
    /// <param name="index">Its name in the database; the query fails where there is none of that name.</param>
    public static IQueryable<TRow> ForceIndex<TRow>(this DbSet<TRow> table, string index) where TRow : class
    {
        var rows = table.AsQueryable();
        return rows.Provider.CreateQuery<TRow>(new ForcedIndexExpression((IAsyncQueryProvider)rows.Provider, table.EntityType, index));
    }
}
