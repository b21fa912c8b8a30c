using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace MariaDb.EntityFrameworkCore.Query;

/// <summary>The basics of <see cref="Math"/>. The server rounds halves away from zero, .NET by default to even: only whole numbers of digits are the same.</summary>
internal sealed class MathMethods(ISqlExpressionFactory sql) : IMethodCallTranslator
{
    private static readonly Dictionary<(string Name, int Arguments), string> Functions = new()
    {
        [(nameof(Math.Abs), 1)] = "ABS",
        [(nameof(Math.Ceiling), 1)] = "CEILING",
        [(nameof(Math.Floor), 1)] = "FLOOR",
        [(nameof(Math.Round), 1)] = "ROUND",
        [(nameof(Math.Round), 2)] = "ROUND",
        [(nameof(Math.Pow), 2)] = "POWER",
        [(nameof(Math.Sqrt), 1)] = "SQRT",
        [(nameof(Math.Sign), 1)] = "SIGN",
    };

    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        if (method.DeclaringType != typeof(Math)) return null;
        if (method.Name == nameof(Math.Truncate)) return Function("TRUNCATE", [arguments[0], sql.Constant(0)], method.ReturnType);
        if (arguments.Any(argument => argument.Type == typeof(MidpointRounding))) return null;

        return Functions.TryGetValue((method.Name, arguments.Count), out var function) ? Function(function, arguments, method.ReturnType) : null;
    }

    private SqlExpression Function(string name, IReadOnlyList<SqlExpression> arguments, Type type)
    {
        var mapping = type == arguments[0].Type ? arguments[0].TypeMapping : null;
        return sql.Function(
            name, arguments.Select(argument => sql.ApplyDefaultTypeMapping(argument)), nullable: true, Enumerable.Repeat(true, arguments.Count), type, mapping);
    }
}
