using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace MariaDb.EntityFrameworkCore.Query;

/// <summary>The root of a query: a table that is read through one index. In the SQL tree the table carries it as an annotation.</summary>
internal sealed class ForcedIndexExpression : EntityQueryRootExpression
{
    public const string Annotation = "MariaDb:ForceIndex";

    private readonly string index;

    public ForcedIndexExpression(IAsyncQueryProvider provider, IEntityType entityType, string index) : base(provider, entityType) => this.index = index;

    private ForcedIndexExpression(IEntityType entityType, string index) : base(entityType) => this.index = index;

    public override Expression DetachQueryProvider() => new ForcedIndexExpression(EntityType, index);

    public override EntityQueryRootExpression UpdateEntityType(IEntityType entityType) => new ForcedIndexExpression(entityType, index);

    /// <summary>The same rows as a query of the table alone.</summary>
    public SelectExpression Annotate(SelectExpression select) => (SelectExpression)new TableAnnotator(index).Visit(select);

    public override bool Equals(object? obj) => obj is ForcedIndexExpression other && index == other.index && base.Equals(obj);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), index);

    protected override Expression VisitChildren(ExpressionVisitor visitor) => this;

    protected override void Print(ExpressionPrinter expressionPrinter)
    {
        base.Print(expressionPrinter);
        expressionPrinter.Append($".ForceIndex({index})");
    }

    private sealed class TableAnnotator(string index) : ExpressionVisitor
    {
        [return: NotNullIfNotNull(nameof(node))]
        public override Expression? Visit(Expression? node) => node is TableExpression table ? table.AddAnnotation(Annotation, index) : base.Visit(node);
    }
}
