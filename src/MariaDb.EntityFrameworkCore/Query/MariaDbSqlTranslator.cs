using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace MariaDb.EntityFrameworkCore.Query;

/// <summary>
/// What needs more than a function's name: text searches whose pattern is escaped, GREATEST and LEAST, and the
/// arithmetic of times, which the server would do on numbers like 20261121030000.
/// </summary>
internal sealed class MariaDbSqlTranslator(
    RelationalSqlTranslatingExpressionVisitorDependencies dependencies,
    QueryCompilationContext queryCompilationContext,
    QueryableMethodTranslatingExpressionVisitor queryableMethodTranslatingExpressionVisitor)
    : RelationalSqlTranslatingExpressionVisitor(dependencies, queryCompilationContext, queryableMethodTranslatingExpressionVisitor)
{
    private static readonly HashSet<Type> Times = [typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan)];

    private static readonly MethodInfo PatternOfParameter =
        typeof(LikePattern).GetMethod(nameof(LikePattern.OfParameter), BindingFlags.Static | BindingFlags.Public)!;

    private readonly QueryCompilationContext queryCompilationContext = queryCompilationContext;

    private ISqlExpressionFactory Sql => Dependencies.SqlExpressionFactory;

    public override SqlExpression GenerateGreatest(IReadOnlyList<SqlExpression> expressions, Type resultType) => Extreme("GREATEST", expressions, resultType);

    public override SqlExpression GenerateLeast(IReadOnlyList<SqlExpression> expressions, Type resultType) => Extreme("LEAST", expressions, resultType);

    protected override Expression VisitBinary(BinaryExpression binaryExpression) =>
        binaryExpression.NodeType is ExpressionType.Add or ExpressionType.Subtract && (IsTime(binaryExpression.Left) || IsTime(binaryExpression.Right))
            ? QueryCompilationContext.NotTranslatedExpression
            : base.VisitBinary(binaryExpression);

    protected override Expression VisitMethodCall(MethodCallExpression methodCallExpression) =>
        SearchOf(methodCallExpression) is { } place
        && Visit(methodCallExpression.Object) is SqlExpression text
        && Visit(methodCallExpression.Arguments[0]) is SqlExpression part
            ? Search(text, part, place)
            : base.VisitMethodCall(methodCallExpression);

    /// <summary>StartsWith, EndsWith and Contains of text, without a StringComparison: the column's collation compares.</summary>
    private static LikePattern.Place? SearchOf(MethodCallExpression call) =>
        call.Method.DeclaringType == typeof(string) && call.Arguments.Count == 1 && call.Arguments[0].Type != typeof(StringComparison)
            ? call.Method.Name switch
            {
                nameof(string.StartsWith) => LikePattern.Place.Start,
                nameof(string.EndsWith) => LikePattern.Place.End,
                nameof(string.Contains) => LikePattern.Place.Anywhere,
                _ => null,
            }
            : null;

    private static bool IsTime(Expression expression) => Times.Contains(Nullable.GetUnderlyingType(expression.Type) ?? expression.Type);

    private SqlExpression Search(SqlExpression text, SqlExpression part, LikePattern.Place place)
    {
        // A pattern is plain text, also where the column holds a value object's: its converter takes no pattern.
        var mapping = PlainText(text) ?? PlainText(part) ?? Dependencies.TypeMappingSource.GetMapping(typeof(string));
        text = text.TypeMapping is null ? Sql.ApplyTypeMapping(text, mapping)! : text;
        return part switch
        {
            SqlConstantExpression { Value: var value } => Like(text, Sql.Constant(LikePattern.Of(value, place), typeof(string), mapping), mapping),
            SqlParameterExpression parameter => Like(text, Rewritten(parameter, place, mapping), mapping),
            _ => CompareWithColumn(text, Sql.ApplyTypeMapping(part, mapping)!, place, mapping),
        };
    }

    private static StringTypeMapping? PlainText(SqlExpression expression) => expression.TypeMapping is StringTypeMapping { Converter: null } mapping ? mapping : null;

    private SqlExpression Like(SqlExpression text, SqlExpression pattern, RelationalTypeMapping mapping) =>
        Sql.Like(text, pattern, Sql.Constant(LikePattern.Escape.ToString(), mapping));

    /// <summary>A second parameter, filled at run time with the first one's value as a pattern: an index can still be walked.</summary>
    private SqlParameterExpression Rewritten(SqlParameterExpression parameter, LikePattern.Place place, RelationalTypeMapping mapping)
    {
        var lambda = Expression.Lambda(
            Expression.Call(PatternOfParameter, QueryCompilationContext.QueryContextParameter, Expression.Constant(parameter.Name), Expression.Constant(place)),
            QueryCompilationContext.QueryContextParameter);
        var pattern = queryCompilationContext.RegisterRuntimeParameter($"{parameter.Name}_{place.ToString().ToLowerInvariant()}", lambda);
        return new SqlParameterExpression(pattern.Name!, pattern.Type, mapping);
    }

    // The part is a column, whose % and _ cannot be escaped.
    private SqlExpression CompareWithColumn(SqlExpression text, SqlExpression part, LikePattern.Place place, RelationalTypeMapping mapping)
    {
        if (place == LikePattern.Place.Anywhere)
            return Sql.GreaterThan(Sql.Function("LOCATE", [part, text], nullable: true, [true, true], typeof(int)), Sql.Constant(0));

        var length = Sql.Function("CHAR_LENGTH", [part], nullable: true, [true], typeof(int));
        var end = Sql.Function(place == LikePattern.Place.Start ? "LEFT" : "RIGHT", [text, length], nullable: true, [true, true], typeof(string), mapping);
        return Sql.AndAlso(Sql.IsNotNull(text), Sql.AndAlso(Sql.IsNotNull(part), Sql.Equal(end, part)));
    }

    private SqlExpression Extreme(string function, IReadOnlyList<SqlExpression> expressions, Type resultType)
    {
        var mapping = expressions.Select(expression => expression.TypeMapping).FirstOrDefault(candidate => candidate is not null);
        return Sql.Function(function, expressions, nullable: true, Enumerable.Repeat(true, expressions.Count), resultType, mapping);
    }
}
