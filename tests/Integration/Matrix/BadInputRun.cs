namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>What a form is sent to, and how its tables are watched.</summary>
/// <param name="ChecksumAsync">Of every table that a form changes.</param>
internal sealed record BadInputStage(Func<Task<string>> ChecksumAsync, Func<Task> RestoreAsync)
{
    /// <summary>Of the setup link, where there is one.</summary>
    public string Token { get; init; } = "";

    /// <summary>Path and handler, without what else a form's address says.</summary>
    public static string Target(string path) => path.Contains("?handler=", StringComparison.Ordinal) ? path : path.Split('?')[0];

    public string Path(string pattern) => MatrixWorld.Path(pattern, isThere: true).Replace("{token}", Token, StringComparison.Ordinal);
}

/// <summary>One form of bad-input.txt, sent once for each of its wrong values.</summary>
internal sealed class BadInputRun
{
    /// <summary>Below what the panel reads of a request (1 MB), and above what any field holds.</summary>
    private const int Huge = 1_000_000;

    /// <summary>Behind an expectation: the refusal is written down.</summary>
    private const string Audited = "+";

    private readonly BadForm form;
    private readonly BadInputStage stage;
    private readonly MatrixVisitor visitor;
    private readonly List<string> faults;
    private SentForm standing = new("", false, []);
    private string before = "";

    private BadInputRun(BadForm form, BadInputStage stage, MatrixVisitor visitor, List<string> faults)
    {
        this.form = form;
        this.stage = stage;
        this.visitor = visitor;
        this.faults = faults;
    }

    private string Target => BadInputStage.Target(stage.Path(form.Name.Split(' ')[1]));

    public static async Task<BadInputRun> OfAsync(BadForm form, BadInputStage stage, MatrixVisitor visitor, List<string> faults)
    {
        var run = new BadInputRun(form, stage, visitor, faults);
        await run.OpenAsync();
        return run;
    }

    /// <summary>What a field is answered in each of <see cref="BadInputTable.Columns"/>.</summary>
    public async Task<IReadOnlyList<string>> CellsAsync(BadField field)
    {
        var (name, value) = (field.Name, standing.Value(field.Name));
        var half = value.Length / 2;
        (SentForm Sent, string? Broken)[] kinds =
        [
            (standing.With(name), null),
            (standing.With(name, value, value + "x"), null),
            (standing.With(name, new string('a', Huge)), null),
            (standing.With(name, $"{value[..half]}\u0007{value[half..]}"), null),
            (standing.With(name, value), name),
        ];
        var seen = new List<string>();
        foreach (var (kind, column, at) in kinds.Zip(BadInputTable.Columns).Select((k, i) => (k.First, k.Second, i)))
            seen.Add(await SendAsync(kind.Sent, kind.Broken, name, field.Cells.ElementAtOrDefault(at) ?? "", column));
        return seen;
    }

    /// <summary>What a value of the table is answered; behind " &amp; " stands what else the form holds.</summary>
    public async Task<string> ValueAsync(string field, BadValue value)
    {
        var parts = value.Text.Split(" & ", 2);
        var sent = standing.With(field, BadInputTable.Expand(parts[0].Trim()));
        foreach (var (name, other) in BadInputTable.Pairs(parts.ElementAtOrDefault(1) ?? "")) sent = sent.With(name, other);
        return await SendAsync(sent, null, field, value.Expected, value.Text);
    }

    private async Task<string> SendAsync(SentForm sent, string? broken, string field, string expected, string what)
    {
        var answer = await visitor.SendAsync(new HttpRequestMessage(HttpMethod.Post, sent.Action) { Content = sent.Content(visitor.Token, broken) });
        var outcome = BadAnswer.To(answer, Target, sent, field, expected);
        faults.AddRange(outcome.Faults.Select(f => $"{form.Name}: {field}: {what}: {f}"));
        var after = await stage.ChecksumAsync();
        var isChanged = after != before;
        if (isChanged) await OpenAsync();
        if (outcome.Seen == "goes-on") return outcome.Seen;
        if (expected.EndsWith(Audited, StringComparison.Ordinal)) return outcome.Seen + (isChanged ? Audited : "");

        if (isChanged) faults.Add($"{form.Name}: {field}: {what}: answered {outcome.Seen} and changed the database");
        return outcome.Seen;
    }

    /// <summary>Puts everything back, and opens the page anew.</summary>
    private async Task OpenAsync()
    {
        await stage.RestoreAsync();
        var page = stage.Path(form.Page);
        var answer = await visitor.GetAsync(page);
        var found = SentForm.Of(answer, page, Target).FirstOrDefault() ?? throw new InvalidOperationException($"{page} answered {answer.Status} without a form for {Target}");
        standing = SentForm.Read(found, page, BadInputTable.Pairs(form.Typed));
        before = await stage.ChecksumAsync();
    }
}
