using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace MariaDb.EntityFrameworkCore.Query;

/// <summary>The text of a query, in MariaDB's words.</summary>
internal sealed partial class MariaDbQuerySqlGenerator(QuerySqlGeneratorDependencies dependencies) : QuerySqlGenerator(dependencies)
{
    // LIMIT is mandatory before OFFSET; the manual of SELECT names this number for "all".
    private const string AllRows = "18446744073709551615";

    protected override void GenerateLimitOffset(SelectExpression selectExpression)
    {
        if (selectExpression.Limit is null && selectExpression.Offset is null) return;

        Sql.AppendLine().Append("LIMIT ");
        if (selectExpression.Limit is { } limit) Visit(limit);
        else Sql.Append(AllRows);

        if (selectExpression.Offset is { } offset)
        {
            Sql.Append(" OFFSET ");
            Visit(offset);
        }
    }

    protected override Expression VisitTable(TableExpression tableExpression)
    {
        base.VisitTable(tableExpression);
        if (tableExpression.FindAnnotation(ForcedIndexExpression.Annotation)?.Value is string index) Sql.Append($" FORCE INDEX ({Delimited(index)})");
        return tableExpression;
    }

    protected override Expression VisitCrossApply(CrossApplyExpression crossApplyExpression) => throw NoLateral();

    protected override Expression VisitOuterApply(OuterApplyExpression outerApplyExpression) => throw NoLateral();

    protected override Expression VisitSqlBinary(SqlBinaryExpression sqlBinaryExpression)
    {
        if (sqlBinaryExpression.OperatorType == ExpressionType.Add && IsText(sqlBinaryExpression)) return Concat(sqlBinaryExpression);
        if (!IsBitwise(sqlBinaryExpression)) return base.VisitSqlBinary(sqlBinaryExpression);

        // The server's bit operators answer in bigint unsigned.
        Sql.Append("CAST(");
        base.VisitSqlBinary(sqlBinaryExpression);
        Sql.Append(" AS SIGNED)");
        return sqlBinaryExpression;
    }

    protected override Expression VisitSqlUnary(SqlUnaryExpression sqlUnaryExpression)
    {
        switch (sqlUnaryExpression.OperatorType)
        {
            // The text of a value object: the column is text already, and an index on it goes unused inside CAST.
            case ExpressionType.Convert when sqlUnaryExpression is { TypeMapping: StringTypeMapping, Operand.TypeMapping: StringTypeMapping }:
                Visit(sqlUnaryExpression.Operand);
                return sqlUnaryExpression;

            case ExpressionType.Convert:
                Sql.Append("CAST(");
                Visit(sqlUnaryExpression.Operand);
                Sql.Append($" AS {CastTarget(sqlUnaryExpression.TypeMapping!)})");
                return sqlUnaryExpression;

            case ExpressionType.OnesComplement:
            case ExpressionType.Not when sqlUnaryExpression.Type != typeof(bool):
                Sql.Append("CAST(");
                base.VisitSqlUnary(sqlUnaryExpression);
                Sql.Append(" AS SIGNED)");
                return sqlUnaryExpression;

            default:
                return base.VisitSqlUnary(sqlUnaryExpression);
        }
    }

    protected override Expression VisitSqlFunction(SqlFunctionExpression sqlFunctionExpression)
    {
        // SUM of integers is a decimal on the server, and AVG a decimal of four digits.
        var castTarget = (sqlFunctionExpression.Name, Nullable.GetUnderlyingType(sqlFunctionExpression.Type) ?? sqlFunctionExpression.Type) switch
        {
            ("SUM", var type) when type == typeof(int) || type == typeof(long) || type == typeof(short) => "SIGNED",
            ("AVG", var type) when type == typeof(double) || type == typeof(float) => "DOUBLE",
            _ => null,
        };
        if (!sqlFunctionExpression.IsBuiltIn || castTarget is null) return base.VisitSqlFunction(sqlFunctionExpression);

        Sql.Append("CAST(");
        base.VisitSqlFunction(sqlFunctionExpression);
        Sql.Append($" AS {castTarget})");
        return sqlFunctionExpression;
    }

    protected override void GenerateSetOperationOperand(SetOperationBase setOperation, SelectExpression operand)
    {
        // Without parentheses an operand's ORDER BY and LIMIT would be those of the whole.
        if (operand is { Orderings: [], Limit: null, Offset: null })
        {
            base.GenerateSetOperationOperand(setOperation, operand);
            return;
        }
        Sql.AppendLine("(");
        using (Sql.Indent()) Visit(operand);
        Sql.AppendLine().Append(")");
    }

    protected override void GenerateValues(ValuesExpression valuesExpression)
    {
        if (valuesExpression.RowValues is not { Count: > 0 } rows) throw new InvalidOperationException("An empty list cannot be a table of a query.");

        // The columns of VALUES have no names; those of the first SELECT of a UNION are the names of all.
        for (var row = 0; row < rows.Count; row++)
        {
            Sql.Append(row == 0 ? "SELECT " : " UNION ALL SELECT ");
            for (var column = 0; column < rows[row].Values.Count; column++)
            {
                if (column > 0) Sql.Append(", ");
                Visit(rows[row].Values[column]);
                if (row == 0) Sql.Append($" AS {Delimited(valuesExpression.ColumnNames[column])}");
            }
        }
    }

    protected override string GetOperator(SqlBinaryExpression binaryExpression) =>
        // "/" answers in decimals on the server.
        binaryExpression.OperatorType == ExpressionType.Divide && IsInteger(binaryExpression.Left.Type) && IsInteger(binaryExpression.Right.Type)
            ? " DIV "
            : base.GetOperator(binaryExpression);

    private static bool IsText(SqlExpression expression) => expression.Type == typeof(string) || expression.TypeMapping is StringTypeMapping;

    private static bool IsBitwise(SqlBinaryExpression expression) =>
        expression.OperatorType is ExpressionType.And or ExpressionType.Or or ExpressionType.ExclusiveOr && expression.Type != typeof(bool);

    private static bool IsInteger(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum || Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.UInt64;
    }

    /// <summary>What CAST takes is not what a column takes ("Data Types" of CAST, mariadb.com/kb/en/cast).</summary>
    private static string CastTarget(RelationalTypeMapping mapping) => mapping.StoreType.Split('(', ' ')[0].ToLowerInvariant() switch
    {
        "tinyint" or "smallint" or "int" or "bigint" => mapping.StoreType.EndsWith("unsigned", StringComparison.OrdinalIgnoreCase) ? "UNSIGNED" : "SIGNED",
        "char" or "varchar" or "tinytext" or "text" or "mediumtext" or "longtext" => "CHAR",
        "binary" or "varbinary" or "tinyblob" or "blob" or "mediumblob" or "longblob" => "BINARY",
        _ => mapping.StoreType,
    };

    private static InvalidOperationException NoLateral() => new(
        "MariaDB has no LATERAL: this query asks for a few related rows of each row (SelectMany or a collection with Take, Skip or Distinct in it). "
        + "Ask in two queries, or use AsSplitQuery.");

    private SqlBinaryExpression Concat(SqlBinaryExpression expression)
    {
        Sql.Append("CONCAT(");
        Visit(expression.Left);
        Sql.Append(", ");
        Visit(expression.Right);
        Sql.Append(")");
        return expression;
    }

    private string Delimited(string name) => Dependencies.SqlGenerationHelper.DelimitIdentifier(name);
}
