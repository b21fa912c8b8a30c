using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace MariaDb.EntityFrameworkCore.Query;

// ExecuteUpdate and ExecuteDelete.
internal sealed partial class MariaDbQuerySqlGenerator
{
    /// <summary>The one table of a DELETE has no alias before MariaDB 11.6: its columns go by its name.</summary>
    private TableExpression? unaliased;

    protected override Expression VisitColumn(ColumnExpression columnExpression)
    {
        if (unaliased is null || columnExpression.TableAlias != unaliased.Alias) return base.VisitColumn(columnExpression);

        Sql.Append($"{Delimited(unaliased.Name)}.{Delimited(columnExpression.Name)}");
        return columnExpression;
    }

    protected override Expression VisitDelete(DeleteExpression deleteExpression)
    {
        var select = deleteExpression.SelectExpression;
        if (select.Tables.Count == 1)
        {
            unaliased = deleteExpression.Table;
            Sql.Append($"DELETE FROM {Delimited(unaliased.Name)}");
        }
        else
        {
            Sql.Append($"DELETE {Delimited(deleteExpression.Table.Alias)}").AppendLine().Append("FROM ");
            AppendTables(select);
        }
        AppendConditions(select);
        unaliased = null;
        return deleteExpression;
    }

    protected override Expression VisitUpdate(UpdateExpression updateExpression)
    {
        var select = updateExpression.SelectExpression;
        RefuseToReadWhatIsSet(updateExpression);
        Sql.Append("UPDATE ");
        AppendTables(select);
        Sql.AppendLine().Append("SET ");
        for (var i = 0; i < updateExpression.ColumnValueSetters.Count; i++)
        {
            var setter = updateExpression.ColumnValueSetters[i];
            if (i > 0) Sql.Append(", ");
            Visit(setter.Column);
            Sql.Append(" = ");
            Visit(setter.Value);
        }
        AppendConditions(select);
        return updateExpression;
    }

    /// <summary>
    /// The server assigns from left to right and reads the new value of a column set further left, where standard SQL
    /// and LINQ read the old one.
    /// </summary>
    private static void RefuseToReadWhatIsSet(UpdateExpression update)
    {
        var isSet = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setter in update.ColumnValueSetters)
        {
            if (new ColumnReads(update.Table.Alias, isSet).FirstIn(setter.Value) is { } column)
            {
                throw new InvalidOperationException(
                    $"ExecuteUpdate sets column {column} and then reads it for {setter.Column.Name}: MariaDB would read the new value. Set {setter.Column.Name} first.");
            }
            isSet.Add(setter.Column.Name);
        }
    }

    private void AppendTables(SelectExpression select)
    {
        for (var i = 0; i < select.Tables.Count; i++)
        {
            if (i > 0) Sql.AppendLine();
            Visit(select.Tables[i]);
        }
    }

    private void AppendConditions(SelectExpression select)
    {
        if (select.Predicate is { } predicate)
        {
            Sql.AppendLine().Append("WHERE ");
            Visit(predicate);
        }
        GenerateOrderings(select);
        GenerateLimitOffset(select);
    }

    private sealed class ColumnReads(string tableAlias, IReadOnlySet<string> columns) : ExpressionVisitor
    {
        private string? found;

        public string? FirstIn(Expression expression)
        {
            Visit(expression);
            return found;
        }

        protected override Expression VisitExtension(Expression node)
        {
            if (node is ColumnExpression column && column.TableAlias == tableAlias && columns.Contains(column.Name)) found ??= column.Name;
            return base.VisitExtension(node);
        }
    }
}
