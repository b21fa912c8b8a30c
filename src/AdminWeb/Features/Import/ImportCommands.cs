using System.CommandLine;
using AdminPanel.Data;
using AdminPanel.Web.Features.Cli;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Import;

/// <summary>`import csv FILE|-`: the plan of the page "Add many", and its work, a block at a time.</summary>
internal static class ImportCommands
{
    public static Command Create(string[] settings)
    {
        var file = new Argument<string>("FILE") { Description = "A CSV file whose first line names the columns: address, name, password, password hash, quota, active, forward to. \"-\" is stdin." };
        var preview = new Option<bool>("--preview") { Description = "Say what would become of each line, and add nothing." };
        var csv = new Command("csv", "Add the mailboxes of a CSV file. A line that cannot be added holds up no other.") { file, preview };
        csv.Runs(settings, (session, parsed, ct) => RunAsync(session, parsed.GetValue(file)!, parsed.GetValue(preview), ct), _ => "mailbox list");
        return new Command("import", "Take over mailboxes from elsewhere.") { csv };
    }

    /// <param name="Line">Of the file, from 1.</param>
    /// <param name="Problems">Why it is not added; empty where it is.</param>
    /// <param name="GeneratedPassword">Shown here and never again.</param>
    public sealed record Row(int Line, string Address, IReadOnlyList<Reason> Problems, string? GeneratedPassword);

    public sealed record Reason(string Code, string Message);

    /// <summary>What the whole file came to.</summary>
    public sealed record Result(int Added, int LeftOut, IReadOnlyList<Row> Lines);

    private static async Task<int> RunAsync(Session session, string path, bool isPreview, CancellationToken ct)
    {
        if (ImportFile.Read(await OctetsAsync(path, ct), "FILE", out var problem) is not { } file) return session.Output.Refused([problem!]);

        foreach (var heading in file.Unused) session.Output.PartFailed($"The column {ImportFile.Shown(heading)} is not used.");
        var plan = await session.Get<ImportPlanner>().PlanAsync(file.Lines, session.Actor, ct);
        var rows = new List<Row>();
        foreach (var block in isPreview ? [[.. plan]] : plan.Chunk(ImportStore.BlockSize))
        {
            var added = isPreview ? [] : await AddAsync(session, [.. block.Where(l => l.IsAdded).Select(l => l.Line)], ct);
            foreach (var row in block.Select(l => Of(l, added.GetValueOrDefault(l.Line.Number)))) Say(session, row, isPreview, rows);
        }
        var leftOut = rows.Count(r => r.Problems.Count > 0);
        session.Output.Done(new Result(rows.Count - leftOut, leftOut, rows), r => isPreview ? $"Would be added: {r.Added}. Left out: {r.LeftOut}." : $"Mailboxes added: {r.Added}. Lines left out: {r.LeftOut}.");
        return leftOut == 0 ? ExitStatus.Done : ExitStatus.Refused;
    }

    private static async Task<Dictionary<int, AddedLine>> AddAsync(Session session, IReadOnlyList<ImportLine> lines, CancellationToken ct)
    {
        await using var scope = session.Services.CreateAsyncScope();
        var (db, add) = (scope.ServiceProvider.GetRequiredService<AdminDb>(), scope.ServiceProvider.GetRequiredService<AddMailboxes>());
        var hashed = await add.HashAsync(lines, ct);
        var outcome = await db.InTransactionAsync(async token => Outcome.Done(await add.AddAsync(hashed, session.Actor, token)), duplicate: null, ct);
        return ((Outcome<IReadOnlyList<AddedLine>>.Done)outcome).Value.ToDictionary(l => l.Line.Number);
    }

    private static Row Of(PlannedLine planned, AddedLine? added)
    {
        IReadOnlyList<KeptProblem> problems = added?.Problem is { } late ? [late] : planned.Problems;
        return new Row(planned.Line.Number, ImportFile.Shown(planned.Line.Address), [.. problems.Select(p => new Reason(p.Code, ProblemSentence.Of(p.ToProblem())))], added?.GeneratedPassword);
    }

    private static void Say(Session session, Row row, bool isPreview, List<Row> rows)
    {
        rows.Add(row);
        foreach (var reason in row.Problems) session.Output.PartFailed($"Line {row.Line}: {reason.Message}");
        if (row.Problems.Count == 0) session.Output.Part($"{(isPreview ? "Would add" : "Added")} {row.Address}.{(row.GeneratedPassword is { } password ? $" Password: {password}" : "")}");
    }

    /// <exception cref="IOException">There is no such file.</exception>
    private static async Task<byte[]> OctetsAsync(string path, CancellationToken ct)
    {
        await using Stream stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        using var octets = new MemoryStream();
        // One octet more than is taken says that it is too much; the rest of an endless stream is left alone.
        var buffer = new byte[64 * 1024];
        while (octets.Length <= CsvRecords.MaxOctets && await stream.ReadAsync(buffer, ct) is > 0 and var count) await octets.WriteAsync(buffer.AsMemory(0, count), ct);
        return octets.ToArray();
    }
}
