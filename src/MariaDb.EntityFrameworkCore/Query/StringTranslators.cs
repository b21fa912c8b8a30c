using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace MariaDb.EntityFrameworkCore.Query;

internal sealed class StringMethods(ISqlExpressionFactory sql) : IMethodCallTranslator
{
    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        if (method.DeclaringType != typeof(string)) return null;
        if (instance is null) return method.Name == nameof(string.IsNullOrWhiteSpace) ? IsNullOrWhiteSpace(arguments[0]) : null;

        return (method.Name, arguments.Count) switch
        {
            (nameof(string.ToLower) or nameof(string.ToLowerInvariant), 0) => Text("LOWER", instance),
            (nameof(string.ToUpper) or nameof(string.ToUpperInvariant), 0) => Text("UPPER", instance),
            (nameof(string.Trim), 0) => Text("TRIM", instance),
            (nameof(string.TrimStart), 0) => Text("LTRIM", instance),
            (nameof(string.TrimEnd), 0) => Text("RTRIM", instance),
            (nameof(string.Substring), 1) => Text("SUBSTRING", instance, OneBased(arguments[0])),
            (nameof(string.Substring), 2) => Text("SUBSTRING", instance, OneBased(arguments[0]), arguments[1]),
            (nameof(string.Replace), 2) when arguments[0].Type == typeof(string) => Replace(instance, arguments),
            (nameof(string.IndexOf), 1) when arguments[0].Type == typeof(string) => IndexOf(instance, arguments[0]),
            _ => null,
        };
    }

    private SqlExpression Text(string function, SqlExpression instance, params SqlExpression[] arguments) =>
        sql.Function(
            function, [instance, .. arguments.Select(argument => sql.ApplyDefaultTypeMapping(argument))], nullable: true,
            Enumerable.Repeat(true, arguments.Length + 1), typeof(string), instance.TypeMapping);

    // Positions are counted from 0 here and from 1 there.
    private SqlExpression OneBased(SqlExpression position) =>
        position is SqlConstantExpression { Value: int value } ? sql.Constant(value + 1) : sql.Add(position, sql.Constant(1));

    private SqlExpression Replace(SqlExpression instance, IReadOnlyList<SqlExpression> arguments)
    {
        var mapping = MappingOf(instance, arguments[0], arguments[1]);
        return sql.Function(
            "REPLACE", [sql.ApplyTypeMapping(instance, mapping), sql.ApplyTypeMapping(arguments[0], mapping), sql.ApplyTypeMapping(arguments[1], mapping)],
            nullable: true, [true, true, true], typeof(string), mapping);
    }

    private SqlExpression IndexOf(SqlExpression instance, SqlExpression part)
    {
        var mapping = MappingOf(instance, part);
        return sql.Subtract(
            sql.Function("LOCATE", [sql.ApplyTypeMapping(part, mapping), sql.ApplyTypeMapping(instance, mapping)], nullable: true, [true, true], typeof(int)),
            sql.Constant(1));
    }

    private SqlExpression IsNullOrWhiteSpace(SqlExpression text) => sql.OrElse(
        sql.IsNull(text),
        sql.Equal(sql.Function("TRIM", [text], nullable: true, [true], typeof(string), text.TypeMapping), sql.Constant("", text.TypeMapping)));

    private static RelationalTypeMapping? MappingOf(params SqlExpression[] expressions) =>
        expressions.Select(expression => expression.TypeMapping).FirstOrDefault(mapping => mapping is not null);
}

internal sealed class StringMembers(ISqlExpressionFactory sql) : IMemberTranslator
{
    public SqlExpression? Translate(SqlExpression? instance, MemberInfo member, Type returnType, IDiagnosticsLogger<DbLoggerCategory.Query> logger) =>
        // LENGTH counts octets.
        instance is not null && member.DeclaringType == typeof(string) && member.Name == nameof(string.Length)
            ? sql.Function("CHAR_LENGTH", [instance], nullable: true, [true], returnType)
            : null;
}

/// <summary>Numbers and identifiers as text.</summary>
internal sealed class ToStringMethods(ISqlExpressionFactory sql) : IMethodCallTranslator
{
    private static readonly HashSet<Type> Plain =
        [typeof(byte), typeof(short), typeof(int), typeof(long), typeof(uint), typeof(ulong), typeof(decimal), typeof(Guid), typeof(string)];

    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger) =>
        instance is { TypeMapping: not null } && method.Name == nameof(ToString) && arguments.Count == 0
        && Plain.Contains(Nullable.GetUnderlyingType(instance.Type) ?? instance.Type)
            ? sql.Convert(instance, typeof(string))
            : null;
}
