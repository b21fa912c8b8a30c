using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Aliases;

/// <summary>The report as a table to download.</summary>
internal static class AliasCheckTable
{
    private static readonly (string Key, Func<AliasFinding, string> Cell)[] Columns =
    [
        ("Address", f => f.Address),
        ("Fault", f => AliasFindingText.Title(f.Fault)),
        ("Way", AliasFindingText.Way),
        ("Repair", AliasFindingText.Repair),
    ];

    public static CsvFile File(IEnumerable<AliasFinding> findings, DomainName? domain) => new(
        domain is { } name ? $"alias-check-{name.Value}.csv" : "alias-check.csv",
        HasMark: true,
        [.. Columns.Select(c => AliasFindingText.Word(c.Key))],
        RowsAsync(findings));

    private static async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(IEnumerable<AliasFinding> findings)
    {
        await Task.CompletedTask;
        foreach (var finding in findings) yield return [.. Columns.Select(c => c.Cell(finding))];
    }
}
