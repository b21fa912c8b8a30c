using System.Globalization;
using System.Runtime.CompilerServices;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Export;

/// <summary>Lists as tables of text, by the rows that their pages show. A block of rows is in memory, whatever the list's length. Sizes are bytes.</summary>
public sealed class ListTables(DomainRows domains, MailboxRows mailboxes, AliasRows aliases, IStringLocalizer<ExportText> words, IStringLocalizer<SharedText> shared)
{
    private const int Block = 1000;

    private const char Separator = ' ';

    internal (IReadOnlyList<string> Header, IAsyncEnumerable<IReadOnlyList<string?>> Rows) Domains(PageRequest filter, Actor actor, CancellationToken ct) =>
        ([words["Domain"], words["Description"], words["Mailboxes"], words["MailboxLimit"], words["Aliases"], words["AliasLimit"], words["Allocated"], words["QuotaLimit"], words["Used"], words["Tags"], words["IsActive"]],
        RowsAsync(async r => await domains.PageAsync(r, actor, ct), filter, page => Task.FromResult(page.Select(d => (IReadOnlyList<string?>)
            [d.Name.Value, d.Description, Number(d.MailboxCount), Number(d.MailboxLimit), Number(d.AliasCount), Number(d.AliasLimit), Number(d.AllocatedQuota), Number(d.QuotaLimit), Number(d.Used?.Bytes), string.Join(Separator, d.Tags), Number(d.IsActive ? 1 : 0)])), ct));

    internal (IReadOnlyList<string> Header, IAsyncEnumerable<IReadOnlyList<string?>> Rows) Mailboxes(DomainName? domain, PageRequest filter, Actor actor, CancellationToken ct) =>
        ([words["Address"], words["Name"], words["Quota"], words["Used"], words["Forwards"], words["State"]],
        RowsAsync(
            async r => domain is { } name ? await mailboxes.OfDomainAsync(name, r, actor, ct) : await mailboxes.EverywhereAsync(r, actor, ct),
            filter,
            page => Task.FromResult(page.Select(m => (IReadOnlyList<string?>)
                [m.Address, m.DisplayName, Number(m.QuotaBytes), Number(m.UsedBytes), Number(m.ForwardCount), shared["State" + m.State]])),
            ct));

    internal (IReadOnlyList<string> Header, IAsyncEnumerable<IReadOnlyList<string?>> Rows) Aliases(DomainName? domain, PageRequest filter, Actor actor, CancellationToken ct) =>
        ([words["Address"], words["Destinations"], words["Comment"], words["State"]],
        RowsAsync(
            async r => domain is { } name ? await aliases.OfDomainAsync(name, r, actor, ct) : await aliases.EverywhereAsync(r, actor, ct),
            filter,
            async page =>
            {
                var destinations = await aliases.DestinationsAsync([.. page.Select(a => a.Id)], ct);
                return page.Select(a => (IReadOnlyList<string?>)[a.Address, string.Join(Separator, destinations[a.Id]), a.Comment, shared["State" + a.State]]);
            },
            ct));

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync<TRow>(
        Func<PageRequest, Task<RowPage<TRow>?>> next, PageRequest filter, Func<IReadOnlyList<TRow>, Task<IEnumerable<IReadOnlyList<string?>>>> table,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var request = filter with { After = null, Before = null, IsLast = false, Count = Block };
        while (!ct.IsCancellationRequested && await next(request) is { } page)
        {
            foreach (var row in await table(page.Rows)) yield return row;
            if (!page.HasNext) yield break;

            request = request with { After = page.LastKey };
        }
    }
}
