using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Query;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Orders a query by a key and starts it where a page request says: what an index answers by walking, up or down.</summary>
internal static class KeyOrder
{
    private static readonly MethodInfo CompareText = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    /// <param name="key">Unique.</param>
    /// <param name="parse">From the text in the request to the key; a text that is no key starts at the beginning.</param>
    public static IQueryable<TRow> FromKey<TRow, TKey>(
        this IQueryable<TRow> rows, Expression<Func<TRow, TKey>> key, PageRequest request, Func<string, (bool IsKey, TKey Key)> parse)
        where TKey : notnull
    {
        if (request.Place is { } text && parse(text) is (true, var from)) rows = rows.Where(Lambda(key, Beyond(key.Body, from, request)));
        return rows.InOrder(key, request);
    }

    public static IQueryable<TRow> FromKey<TRow>(this IQueryable<TRow> rows, Expression<Func<TRow, string>> key, PageRequest request) =>
        rows.FromKey(key, request, text => (true, text));

    public static IQueryable<TRow> FromKey<TRow>(this IQueryable<TRow> rows, Expression<Func<TRow, long>> key, PageRequest request) =>
        rows.FromKey(key, request, text => (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number), number));

    /// <param name="value">What several rows may share.</param>
    /// <param name="id">What parts those.</param>
    public static IQueryable<TRow> FromKey<TRow, TValue>(
        this IQueryable<TRow> rows, Expression<Func<TRow, TValue>> value, Expression<Func<TRow, long>> id, PageRequest request) where TValue : struct, IParsable<TValue>
    {
        if (RankKey.TryParse<TValue>(request.Place, out var from, out var fromId))
        {
            var ownId = ReplacingExpressionVisitor.Replace(id.Parameters[0], value.Parameters[0], id.Body);
            // Two ranges that follow one another in the index: what is equal and behind the id, and what is beyond. Written
            // as ">= and (> or behind)" it would be entered before all equal ones, and they may be most of the list.
            var equal = Expression.Equal(Expression.Call(value.Body, typeof(TValue).GetMethod(nameof(IComparable<>.CompareTo), [typeof(TValue)])!, Parameter(from)), Expression.Constant(0));
            rows = rows.Where(Lambda(value, Expression.OrElse(Beyond(value.Body, from, request), Expression.AndAlso(equal, Beyond(ownId, fromId, request)))));
        }
        return rows.InOrder(value, request, id);
    }

    /// <summary>Rows that were found by a key, in its order.</summary>
    public static IQueryable<TRow> InOrder<TRow, TKey>(this IQueryable<TRow> rows, Expression<Func<TRow, TKey>> key, PageRequest request, Expression<Func<TRow, long>>? id = null)
    {
        var ordered = request.WalksDown ? rows.OrderByDescending(key) : rows.OrderBy(key);
        return id is null ? ordered : request.WalksDown ? ordered.ThenByDescending(id) : ordered.ThenBy(id);
    }

    private static Expression<Func<TRow, bool>> Lambda<TRow, TKey>(Expression<Func<TRow, TKey>> key, Expression body) => Expression.Lambda<Func<TRow, bool>>(body, key.Parameters);

    // string.Compare and CompareTo are what EF Core translates to > and <; in C# itself they would ask for a culture.
    private static BinaryExpression Beyond<TKey>(Expression key, TKey from, PageRequest request) where TKey : notnull
    {
        var parameter = Parameter(from);
        var comparison = typeof(TKey) == typeof(string)
            ? Expression.Call(CompareText, key, parameter)
            : Expression.Call(key, typeof(TKey).GetMethod(nameof(IComparable<>.CompareTo), [typeof(TKey)])!, parameter);
        var zero = Expression.Constant(0);
        return request.WalksDown ? Expression.LessThan(comparison, zero) : Expression.GreaterThan(comparison, zero);
    }

    // A member of a closure becomes a parameter of the SQL; a constant would make a new query of every key.
    private static MemberExpression Parameter<TKey>(TKey value) => Expression.Property(Expression.Constant(new Holder<TKey>(value)), nameof(Holder<>.Value));

    private sealed record Holder<TKey>(TKey Value);
}

/// <summary>The place of a row in a list that is ordered by a number and, where rows share it, by their ids.</summary>
internal static class RankKey
{
    public static string Of(long value, long id) => string.Create(CultureInfo.InvariantCulture, $"{value}-{id}");

    public static bool TryParse<TValue>(string? text, out TValue value, out long id) where TValue : struct, IParsable<TValue>
    {
        (value, id) = (default, 0);
        return text?.Split('-') is [var first, var second] && TValue.TryParse(first, CultureInfo.InvariantCulture, out value)
            && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }
}
