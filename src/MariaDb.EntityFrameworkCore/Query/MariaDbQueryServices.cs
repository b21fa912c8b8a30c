using Microsoft.EntityFrameworkCore.Query;

namespace MariaDb.EntityFrameworkCore.Query;

internal sealed class MariaDbMethodCallTranslatorProvider : RelationalMethodCallTranslatorProvider
{
    public MariaDbMethodCallTranslatorProvider(RelationalMethodCallTranslatorProviderDependencies dependencies) : base(dependencies)
    {
        var sql = dependencies.SqlExpressionFactory;
        AddTranslators([new StringMethods(sql), new MathMethods(sql), new DateTimeMethods(sql), new ToStringMethods(sql)]);
    }
}

internal sealed class MariaDbMemberTranslatorProvider : RelationalMemberTranslatorProvider
{
    public MariaDbMemberTranslatorProvider(RelationalMemberTranslatorProviderDependencies dependencies) : base(dependencies) =>
        AddTranslators([new StringMembers(dependencies.SqlExpressionFactory), new DateTimeMembers(dependencies.SqlExpressionFactory)]);
}

internal sealed class MariaDbQuerySqlGeneratorFactory(QuerySqlGeneratorDependencies dependencies) : IQuerySqlGeneratorFactory
{
    public QuerySqlGenerator Create() => new MariaDbQuerySqlGenerator(dependencies);
}

internal sealed class MariaDbSqlTranslatorFactory(RelationalSqlTranslatingExpressionVisitorDependencies dependencies)
    : IRelationalSqlTranslatingExpressionVisitorFactory
{
    public RelationalSqlTranslatingExpressionVisitor Create(
        QueryCompilationContext queryCompilationContext, QueryableMethodTranslatingExpressionVisitor queryableMethodTranslatingExpressionVisitor) =>
        new MariaDbSqlTranslator(dependencies, queryCompilationContext, queryableMethodTranslatingExpressionVisitor);
}

internal sealed class MariaDbQueryableMethodTranslatorFactory(
    QueryableMethodTranslatingExpressionVisitorDependencies dependencies,
    RelationalQueryableMethodTranslatingExpressionVisitorDependencies relationalDependencies) : IQueryableMethodTranslatingExpressionVisitorFactory
{
    public QueryableMethodTranslatingExpressionVisitor Create(QueryCompilationContext queryCompilationContext) =>
        new MariaDbQueryableMethodTranslator(dependencies, relationalDependencies, (RelationalQueryCompilationContext)queryCompilationContext);
}

internal sealed class MariaDbQueryCompilationContextFactory(
    QueryCompilationContextDependencies dependencies, RelationalQueryCompilationContextDependencies relationalDependencies) : IQueryCompilationContextFactory
{
    public QueryCompilationContext Create(bool async) => new MariaDbQueryCompilationContext(dependencies, relationalDependencies, async);
}

/// <summary>One connection reads one answer at a time: a split query keeps the first answer's rows until the others are read.</summary>
internal sealed class MariaDbQueryCompilationContext(
    QueryCompilationContextDependencies dependencies, RelationalQueryCompilationContextDependencies relationalDependencies, bool async)
    : RelationalQueryCompilationContext(dependencies, relationalDependencies, async)
{
    public override bool IsBuffering => base.IsBuffering || QuerySplittingBehavior == Microsoft.EntityFrameworkCore.QuerySplittingBehavior.SplitQuery;
}
