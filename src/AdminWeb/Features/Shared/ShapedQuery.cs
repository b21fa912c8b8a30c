using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace AdminPanel.Web.Features.Shared;

/// <summary>What differs between two runs of a query of one shape.</summary>
/// <param name="Id">Of a domain or an account; 0 where the query asks for none.</param>
internal readonly record struct ShapeValues<TKey>(TKey Key, long Id, DateTime Now)
{
    /// <summary>Whoever asks, where the id is of an account: superadmins are not told apart.</summary>
    public Actor ActorOf(bool isSuperadmin) => isSuperadmin ? new(null, "", AccountKind.Superadmin, null, "") : new(Id, "", AccountKind.DomainAdmin, null, "");
}

/// <summary>
/// A query whose SQL is made once for each of its few shapes. EF Core finds the SQL it has made of an expression by the
/// expression itself: to build that for every page, and to compare it, took a fifth of what a page cost the panel. So it
/// is built once, with stand-ins where the values go.
/// </summary>
/// <param name="keyStandIn">A key that stands for nothing else.</param>
/// <param name="build">Gets stand-ins, and so may not look at a value; what else it captures is part of the shape.</param>
internal sealed class ShapedQuery<TShape, TKey, TRow>(TKey keyStandIn, Func<AdminDb, TShape, ShapeValues<TKey>, IQueryable<TRow>> build) where TShape : notnull where TKey : notnull
{
    private readonly ShapeValues<TKey> standIns = new(keyStandIn, long.MinValue, DateTime.UnixEpoch);

    private readonly ConcurrentDictionary<TShape, Func<AdminDb, TKey, long, DateTime, IAsyncEnumerable<TRow>>> translated = new();

    public IAsyncEnumerable<TRow> Rows(AdminDb db, TShape shape, ShapeValues<TKey> values) =>
        translated.GetOrAdd(shape, Translate, db)(db, values.Key, values.Id, values.Now);

    private Func<AdminDb, TKey, long, DateTime, IAsyncEnumerable<TRow>> Translate(TShape shape, AdminDb db) =>
        EF.CompileAsyncQuery(new Parameters(standIns).InPlaceOfStandIns(build(db, shape, standIns)));

    private sealed class Parameters(ShapeValues<TKey> standIns) : ExpressionVisitor
    {
        private readonly ParameterExpression db = Expression.Parameter(typeof(AdminDb), nameof(db));
        private readonly ParameterExpression key = Expression.Parameter(typeof(TKey), nameof(key));
        private readonly ParameterExpression id = Expression.Parameter(typeof(long), nameof(id));
        private readonly ParameterExpression now = Expression.Parameter(typeof(DateTime), nameof(now));

        public Expression<Func<AdminDb, TKey, long, DateTime, IQueryable<TRow>>> InPlaceOfStandIns(IQueryable<TRow> query) =>
            Expression.Lambda<Func<AdminDb, TKey, long, DateTime, IQueryable<TRow>>>(Visit(query.Expression), db, key, id, now);

        /// <exception cref="InvalidOperationException">Something was captured that would be the first run's for ever.</exception>
        protected override Expression VisitMember(MemberExpression node) => !TryRead(node, out var captured) ? base.VisitMember(node) : captured switch
        {
            AdminDb => db,
            IQueryable query => Visit(query.Expression),
            TKey value when value.Equals(standIns.Key) => key,
            long value when value == standIns.Id => As(id, node.Type),
            DateTime value when value == standIns.Now => As(now, node.Type),
            null or bool or int or Enum => Expression.Constant(captured, node.Type),
            _ => throw new InvalidOperationException($"A query captures {node.Member.Name}, which is none of its values."),
        };

        // The stand-ins' unit of work is one request's.
        protected override Expression VisitExtension(Expression node) => node is QueryRootExpression root ? root.DetachQueryProvider() : base.VisitExtension(node);

        private static Expression As(ParameterExpression parameter, Type type) => parameter.Type == type ? parameter : Expression.Convert(parameter, type);

        private static bool TryRead(Expression? node, out object? value)
        {
            value = null;
            if (node is ConstantExpression constant)
            {
                value = constant.Value;
                return true;
            }
            if (node is not MemberExpression { Expression: { } inner, Member: var member } || !TryRead(inner, out var owner)) return false;

            value = member is FieldInfo field ? field.GetValue(owner) : ((PropertyInfo)member).GetValue(owner);
            return true;
        }
    }
}
