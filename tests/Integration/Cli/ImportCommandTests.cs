using AdminPanel.Tests.Integration.Operations;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Cli;

public sealed class ImportCommandTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string File = "address;password;shoe size\nann@example.org;;1\nbob@example.org;correct horse battery;2\nnowhere;;\nbob@example.org;;\n";

    [MariaDbFact]
    public async Task A_preview_says_what_would_become_of_each_line_and_adds_nothing()
    {
        await DomainAsync("example.org");

        var answer = await Shell.RunAsync(Database.ConnectionString, ["import", "csv", "-", "--preview"], File);

        Assert.Equal((1, "Would add ann@example.org.\nWould add bob@example.org.\nWould be added: 2. Left out: 2.\n"), (answer.Status, answer.Out));
        Assert.Equal(
            "The column shoe size is not used.\nLine 4: Enter a whole address, such as name@example.org. “nowhere” has no @.\nLine 5: Line 3 has the same address. Take one of them out.\n", answer.Error);
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM addresses"));
    }

    [MariaDbFact]
    public async Task Good_lines_are_added_and_made_passwords_are_printed()
    {
        await DomainAsync("example.org");
        var path = Path.GetTempFileName();
        await System.IO.File.WriteAllTextAsync(path, File);

        var answer = await Shell.RunAsync(Database.ConnectionString, ["import", "csv", path, "--json"]);

        System.IO.File.Delete(path);
        Assert.Equal(1, answer.Status);
        var lines = answer.Json.GetProperty("lines").EnumerateArray().ToList();
        Assert.Equal((2, 2, 27), (answer.Json.GetProperty("added").GetInt32(), answer.Json.GetProperty("leftOut").GetInt32(), lines[0].GetProperty("generatedPassword").GetString()!.Length));
        Assert.Equal("NoAt", lines[2].GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Equal("ann@example.org\nbob@example.org", await AskAsync("SELECT address FROM addresses ORDER BY 1"));
        Assert.Equal("2", await AskAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'mailbox.create'"));
    }

    [MariaDbFact]
    public async Task A_file_that_is_none_is_refused()
    {
        Assert.Equal(3, (await Shell.RunAsync(Database.ConnectionString, ["import", "csv", "/not/there.csv"])).Status);
        var answer = await Shell.RunAsync(Database.ConnectionString, ["import", "csv", "-"], "ann@example.org\n");
        Assert.Equal((1, "The first line has to name the columns, and one of them has to be “address”. It begins with “ann@example.org”.\n"), (answer.Status, answer.Error));
    }
}
