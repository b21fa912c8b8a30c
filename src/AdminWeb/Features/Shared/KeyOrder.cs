using System.Linq.Expressions;
using System.Reflection;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Orders a query by a unique key and starts it where a page request says: what an index answers by walking.</summary>
internal static class KeyOrder
{
    private static readonly MethodInfo CompareText = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    /// <param name="parse">From the text in the request to the key; a text that is no key starts at the beginning.</param>
    public static IQueryable<TRow> FromKey<TRow, TKey>(
        this IQueryable<TRow> rows, Expression<Func<TRow, TKey>> key, PageRequest request, Func<string, (bool IsKey, TKey Key)> parse)
        where TKey : notnull
    {
        if (!request.IsLast && (request.After ?? request.Before) is { } text && parse(text) is (true, var from))
            rows = rows.Where(Beyond(key, from, isGreater: request.After is not null));
        return request.IsBackward ? rows.OrderByDescending(key) : rows.OrderBy(key);
    }

    public static IQueryable<TRow> FromKey<TRow>(this IQueryable<TRow> rows, Expression<Func<TRow, string>> key, PageRequest request) =>
        rows.FromKey(key, request, text => (true, text));

    // string.Compare and CompareTo are what EF Core translates to > and <; in C# itself they would ask for a culture.
    private static Expression<Func<TRow, bool>> Beyond<TRow, TKey>(Expression<Func<TRow, TKey>> key, TKey from, bool isGreater)
    {
        // A member of a closure becomes a parameter of the SQL; a constant would make a new query of every key.
        var parameter = Expression.Property(Expression.Constant(new Holder<TKey>(from)), nameof(Holder<>.Value));
        var comparison = typeof(TKey) == typeof(string)
            ? Expression.Call(CompareText, key.Body, parameter)
            : Expression.Call(key.Body, typeof(TKey).GetMethod(nameof(IComparable<>.CompareTo), [typeof(TKey)])!, parameter);
        var zero = Expression.Constant(0);
        return Expression.Lambda<Func<TRow, bool>>(
            isGreater ? Expression.GreaterThan(comparison, zero) : Expression.LessThan(comparison, zero), key.Parameters);
    }

    private sealed record Holder<TKey>(TKey Value);
}
