using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;

namespace MariaDb.EntityFrameworkCore.Query;

/// <summary>AddDays and its relatives. Parts of a unit count: they are added in microseconds.</summary>
internal sealed class DateTimeMethods(ISqlExpressionFactory sql) : IMethodCallTranslator
{
    private static readonly Dictionary<string, double> Microseconds = new(StringComparer.Ordinal)
    {
        [nameof(DateTime.AddDays)] = TimeSpan.MicrosecondsPerDay,
        [nameof(DateTime.AddHours)] = TimeSpan.MicrosecondsPerHour,
        [nameof(DateTime.AddMinutes)] = TimeSpan.MicrosecondsPerMinute,
        [nameof(DateTime.AddSeconds)] = TimeSpan.MicrosecondsPerSecond,
        [nameof(DateTime.AddMilliseconds)] = TimeSpan.MicrosecondsPerMillisecond,
    };

    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        if (instance is null || arguments.Count != 1) return null;
        if (method.DeclaringType == typeof(DateOnly) && method.Name == nameof(DateOnly.AddDays)) return Add("DAY", arguments[0], instance, method.ReturnType);
        if (method.DeclaringType != typeof(DateTime) && method.DeclaringType != typeof(DateTimeOffset) && method.DeclaringType != typeof(DateOnly)) return null;

        return method.Name switch
        {
            nameof(DateTime.AddYears) => Add("YEAR", arguments[0], instance, method.ReturnType),
            nameof(DateTime.AddMonths) => Add("MONTH", arguments[0], instance, method.ReturnType),
            var name when Microseconds.TryGetValue(name, out var factor) =>
                Add("MICROSECOND", sql.Convert(sql.Multiply(arguments[0], sql.Constant(factor)), typeof(long)), instance, method.ReturnType),
            _ => null,
        };
    }

    private SqlExpression Add(string unit, SqlExpression count, SqlExpression instance, Type type) => sql.Function(
        "TIMESTAMPADD", [sql.Fragment(unit), sql.ApplyDefaultTypeMapping(count), sql.ApplyDefaultTypeMapping(instance)],
        nullable: true, [false, true, true], type, instance.TypeMapping);
}

/// <summary>The parts of a time, and the server's clock in UTC. Local times (Now, Today) have no translation: the server's zone is nobody's.</summary>
internal sealed class DateTimeMembers(ISqlExpressionFactory sql) : IMemberTranslator
{
    private static readonly Dictionary<string, string> Parts = new(StringComparer.Ordinal)
    {
        [nameof(DateTime.Year)] = "YEAR",
        [nameof(DateTime.Month)] = "MONTH",
        [nameof(DateTime.Day)] = "DAYOFMONTH",
        [nameof(DateTime.Hour)] = "HOUR",
        [nameof(DateTime.Minute)] = "MINUTE",
        [nameof(DateTime.Second)] = "SECOND",
        [nameof(DateTime.DayOfYear)] = "DAYOFYEAR",
    };

    public SqlExpression? Translate(SqlExpression? instance, MemberInfo member, Type returnType, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        var type = member.DeclaringType;
        if (type != typeof(DateTime) && type != typeof(DateTimeOffset) && type != typeof(DateOnly) && type != typeof(TimeOnly)) return null;
        if (instance is null)
            return member.Name == nameof(DateTime.UtcNow) ? sql.Function("UTC_TIMESTAMP", [sql.Constant(6)], nullable: false, [false], returnType) : null;

        if (Parts.TryGetValue(member.Name, out var part)) return sql.Function(part, [instance], nullable: true, [true], returnType);
        return member.Name == nameof(DateTime.Date)
            ? sql.Function("TIMESTAMP", [sql.Function("DATE", [instance], nullable: true, [true], typeof(DateOnly))], nullable: true, [true], returnType, instance.TypeMapping)
            : null;
    }
}
