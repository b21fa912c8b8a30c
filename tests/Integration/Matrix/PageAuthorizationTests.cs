using AdminPanel.Data.Access;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>
/// The attack: somebody sends, by hand, the very request that a superadmin's page would send, to every handler there
/// is, about what is theirs, somebody else's, or nobody's. Every answer is compared with authorization.txt; a refusal
/// changes no table, and is the same to the byte whether the thing exists or not.
/// </summary>
public sealed class PageAuthorizationTests
{
    [MariaDbFact]
    public async Task Every_handler_of_every_page_has_a_row()
    {
        await using var panel = await Panel.StartAsync();
        var there = await HandlersAsync(panel);
        var rows = AuthorizationTable.Read().Rows.Where(r => !r.IsVerb).Select(r => r.Name).ToList();

        Assert.True(there.Count > 50, "the walk saw the handlers");
        Assert.True(!there.Except(rows).Any(), $"No row in {AuthorizationTable.File} for: {string.Join(", ", there.Except(rows))}. Add one for each, with what every column is to be answered; the head of the file says how.");
        Assert.True(!rows.Except(there).Any(), $"{AuthorizationTable.File} has rows for handlers that are gone: {string.Join(", ", rows.Except(there))}. Take them out.");
        Assert.Equal(rows.Count, rows.Distinct().Count());
    }

    [MariaDbFact]
    public async Task Every_handler_answers_every_actor_as_the_table_says()
    {
        await using var panel = await Panel.StartAsync();
        var world = await MatrixWorld.OfAsync(panel);
        var table = AuthorizationTable.Read();
        var visitors = new Dictionary<string, MatrixVisitor>(StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(c => c != AuthorizationRow.Needs)) visitors[column] = await MatrixVisitor.OfAsync(panel, MatrixWorld.Actors[column]);
        await world.KeepSessionsAsync();
        // Signing in wrote rows.
        await world.RestoreAsync();

        var faults = new List<string>();
        foreach (var row in table.Rows.Where(r => !r.IsVerb))
        {
            world.Needed = Needed(table, row);
            await world.RestoreAsync();
            var seen = new List<string>();
            foreach (var (column, cell) in table.Columns.Zip(row.Cells))
                seen.Add(column == AuthorizationRow.Needs ? cell : await AskAsync(row, visitors[column], visitors["superadmin"], world, faults));
            if (!seen.SequenceEqual(row.Cells)) faults.Add($"answered:\n{AuthorizationRow.Line(row.Name, seen, row.Fields)}\nthe table has:\n{AuthorizationRow.Line(row.Name, row.Cells, row.Fields)}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static DomainPermissions Needed(AuthorizationTable table, AuthorizationRow row) =>
        row.Cells[table.Columns.ToList().IndexOf(AuthorizationRow.Needs)].Split('+')
            .Aggregate(DomainPermissions.None, (all, word) => all | (DomainPermissionWords.TryRead(word, out var one) ? one : DomainPermissions.None));

    private static async Task<string> AskAsync(AuthorizationRow row, MatrixVisitor visitor, MatrixVisitor superadmin, MatrixWorld world, List<string> faults)
    {
        var pattern = row.Name[(row.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var there = await OneAsync(row, MatrixWorld.Path(pattern, isThere: true), visitor, superadmin, world, faults);
        if (!pattern.Replace("{status:int?}", "", StringComparison.Ordinal).Contains('{', StringComparison.Ordinal)) return MatrixVisitor.Outcome(there);

        var absent = await OneAsync(row, MatrixWorld.Path(pattern, isThere: false), visitor, superadmin, world, faults);
        var (first, second) = (MatrixVisitor.Outcome(there), MatrixVisitor.Outcome(absent));
        if ((first, second) == ("404", "404") && MatrixVisitor.Body(there) != MatrixVisitor.Body(absent)) faults.Add($"{row.Name}: the answer tells what exists from what does not");
        return $"{first}/{second}";
    }

    private static async Task<Answer> OneAsync(AuthorizationRow row, string path, MatrixVisitor visitor, MatrixVisitor superadmin, MatrixWorld world, List<string> faults)
    {
        var isGet = row.Name.StartsWith("GET ", StringComparison.Ordinal);
        var fields = isGet ? [] : await superadmin.FormAsync(path, row.Fields);
        var before = await world.ChecksumAsync();

        var answer = isGet ? await visitor.GetAsync(path) : await visitor.PostAsync(path, fields);

        var changed = before != await world.ChecksumAsync();
        // A list that is taken away is written down.
        if (changed && ((isGet && !row.Name.StartsWith("GET /export/", StringComparison.Ordinal)) || MatrixVisitor.Outcome(answer) is "404" or "sign-in")) faults.Add($"{row.Name} answered {answer.Status} and changed the database");
        if (changed) await world.RestoreAsync();
        return answer;
    }

    private static async Task<IReadOnlyList<string>> HandlersAsync(Panel panel)
    {
        var loader = panel.Services.GetRequiredService<PageLoader>();
        var names = new List<string>();
        foreach (var endpoint in panel.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            var pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } page)
            {
                var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
                // A page without OnGet is shown all the same. HandlerExecuting and its like are filters that begin with "On".
                names.Add($"GET {pattern}");
                names.AddRange(compiled.HandlerMethods.Where(h => HttpMethods.IsPost(h.HttpMethod) || HttpMethods.IsGet(h.HttpMethod)).Select(h => $"{h.HttpMethod.ToUpperInvariant()} {pattern}{(string.IsNullOrEmpty(h.Name) ? "" : $"?handler={h.Name}")}"));
            }
            else if (endpoint.Metadata.OfType<object>().All(m => m.GetType().Name != "StaticAssetDescriptor") && !pattern.Contains("{**", StringComparison.Ordinal))
            {
                names.AddRange((endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(m => $"{m} {pattern}"));
            }
        }
        return [.. names.Distinct().Order(StringComparer.Ordinal)];
    }
}
