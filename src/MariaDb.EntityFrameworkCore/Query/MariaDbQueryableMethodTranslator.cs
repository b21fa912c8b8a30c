using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace MariaDb.EntityFrameworkCore.Query;

/// <summary>Which updates and deletes MariaDB does in one statement (for others EF Core wraps the query in a subquery), and forced indexes.</summary>
internal sealed class MariaDbQueryableMethodTranslator : RelationalQueryableMethodTranslatingExpressionVisitor
{
    public MariaDbQueryableMethodTranslator(
        QueryableMethodTranslatingExpressionVisitorDependencies dependencies,
        RelationalQueryableMethodTranslatingExpressionVisitorDependencies relationalDependencies,
        RelationalQueryCompilationContext queryCompilationContext) : base(dependencies, relationalDependencies, queryCompilationContext)
    {
    }

    private MariaDbQueryableMethodTranslator(MariaDbQueryableMethodTranslator parent) : base(parent)
    {
    }

    protected override QueryableMethodTranslatingExpressionVisitor CreateSubqueryVisitor() => new MariaDbQueryableMethodTranslator(this);

    protected override Expression VisitExtension(Expression extensionExpression)
    {
        if (extensionExpression is not ForcedIndexExpression root) return base.VisitExtension(extensionExpression);

        var select = root.Annotate(CreateSelect(root.EntityType));
        return new ShapedQueryExpression(select, new RelationalStructuralTypeShaperExpression(
            root.EntityType, new ProjectionBindingExpression(select, new ProjectionMember(), typeof(ValueBuffer)), nullable: false));
    }

    protected override bool IsValidSelectExpressionForExecuteDelete(SelectExpression selectExpression) => IsOneStatement(selectExpression);

    protected override bool IsValidSelectExpressionForExecuteUpdate(
        SelectExpression selectExpression, TableExpressionBase targetTable, [NotNullWhen(true)] out TableExpression? tableExpression)
    {
        tableExpression = (targetTable is JoinExpressionBase join ? join.Table : targetTable) as TableExpression;
        return tableExpression is not null && IsOneStatement(selectExpression);
    }

    // ORDER BY and LIMIT are taken with one table only, OFFSET never.
    private static bool IsOneStatement(SelectExpression select) => select switch
    {
        not { Offset: null, IsDistinct: false, GroupBy: [], Having: null } => false,
        { Tables: [TableExpression] } => true,
        { Tables.Count: > 1, Orderings: [], Limit: null } => true,
        _ => false,
    };
}
