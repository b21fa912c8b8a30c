using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace AdminPanel.Web.Features.Shared;

/// <summary>
/// The rows of a list, whose SQL is made once for each <see cref="ListShape"/>. EF Core finds the SQL it has made of an
/// expression by the expression itself: to build that for every page, and to compare it, took a tenth of what a page cost
/// the panel. So it is built once, with stand-ins where the values go.
/// </summary>
/// <param name="parse">From the text of a request to a key of the list.</param>
/// <param name="build">A page, and one row more. It may look at the walks' kind and at the actor's, but at no value.</param>
internal sealed class ShapedList<TKey, TRow>(Func<string, (bool IsKey, TKey Key)> parse, Func<AdminDb, PageRequest, AddressWalks, DateTime, IQueryable<TRow>> build) where TKey : notnull
{
    /// <summary>An address or a domain name that nobody has (RFC 2606 section 2).</summary>
    private const string StandIn = "stand-in.invalid";

    private const long DomainStandIn = long.MinValue;

    private static readonly Actor ActorStandIn = new(null, StandIn, AccountKind.Superadmin, null, StandIn);

    private readonly TKey keyStandIn = parse(StandIn).Key;

    private readonly ConcurrentDictionary<ListShape, Func<AdminDb, TKey, long, DateTime, IAsyncEnumerable<TRow>>> translated = new();

    /// <summary>The page of any request: by its shape, or built for it where it has none.</summary>
    public async Task<List<TRow>> ReadAsync(AdminDb db, PageRequest request, AddressWalks walks, CancellationToken ct)
    {
        var (isKey, key) = request.Place is { } text ? parse(text) : (true, keyStandIn);
        return isKey && ListShape.Of(request, walks) is { } shape
            ? await translated.GetOrAdd(shape, Translate, db)(db, key, walks.DomainIds?[0] ?? 0, db.UtcNow).ToListAsync(ct)
            : await build(db, request, walks, db.UtcNow).ToListAsync(ct);
    }

    private Func<AdminDb, TKey, long, DateTime, IAsyncEnumerable<TRow>> Translate(ListShape shape, AdminDb db)
    {
        var walks = new AddressWalks(db, ActorStandIn, shape.IsOfDomain ? [DomainStandIn] : null);
        return EF.CompileAsyncQuery(new Values(keyStandIn).InPlaceOfStandIns(build(db, shape.Request(StandIn), walks, DateTime.UnixEpoch)));
    }

    private sealed class Values(TKey keyStandIn) : ExpressionVisitor
    {
        private readonly ParameterExpression db = Expression.Parameter(typeof(AdminDb), nameof(db));
        private readonly ParameterExpression key = Expression.Parameter(typeof(TKey), nameof(key));
        private readonly ParameterExpression domainId = Expression.Parameter(typeof(long), nameof(domainId));
        private readonly ParameterExpression now = Expression.Parameter(typeof(DateTime), nameof(now));

        public Expression<Func<AdminDb, TKey, long, DateTime, IQueryable<TRow>>> InPlaceOfStandIns(IQueryable<TRow> query) =>
            Expression.Lambda<Func<AdminDb, TKey, long, DateTime, IQueryable<TRow>>>(Visit(query.Expression), db, key, domainId, now);

        /// <exception cref="InvalidOperationException">Something was captured that would be the first request's for ever.</exception>
        protected override Expression VisitMember(MemberExpression node) => !TryRead(node, out var captured) ? base.VisitMember(node) : captured switch
        {
            AdminDb => db,
            IQueryable query => Visit(query.Expression),
            TKey value when value.Equals(keyStandIn) => key,
            DomainStandIn => domainId,
            DateTime time when time == DateTime.UnixEpoch => now,
            null or bool or int or Enum => Expression.Constant(captured, node.Type),
            _ => throw new InvalidOperationException($"The query of a list captures {node.Member.Name}, which is none of its values."),
        };

        // The stand-ins' unit of work is one request's.
        protected override Expression VisitExtension(Expression node) => node is QueryRootExpression root ? root.DetachQueryProvider() : base.VisitExtension(node);

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
