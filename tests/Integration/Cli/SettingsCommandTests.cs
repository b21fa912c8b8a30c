using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.Integration.Cli;

public sealed class SettingsCommandTests
{
    [MariaDbFact]
    public async Task Settings_are_chosen_listed_and_reset_from_the_shell()
    {
        var server = await PrivateMariaDb.Shared;
        var connection = server.ConnectionString(await server.CreateDatabaseAsync("settings"));
        Assert.Equal(0, (await Shell.RunAsync(connection, ["db", "migrate"])).Status);

        var set = await Shell.RunAsync(connection, ["settings", "set", "host_name=mail.example.org", "message_size_limit=20 MB"]);
        Assert.Equal((0, "host_name:  -> mail.example.org\nmessage_size_limit: 52428800 -> 20971520\nThis takes effect with adminpanel apply, run as root.\n"), (set.Status, set.Out));
        var rows = (await Shell.RunAsync(connection, ["settings", "list", "--json"])).Json.EnumerateArray().ToDictionary(r => r.GetProperty("key").GetString()!);
        Assert.Equal("20971520 panel", $"{rows["message_size_limit"].GetProperty("value")} {rows["message_size_limit"].GetProperty("from")}");
        Assert.Equal("/var/vmail default", $"{rows["mail_root"].GetProperty("value")} {rows["mail_root"].GetProperty("from")}");
        Assert.False(rows["postfix_password"].GetProperty("isSet").GetBoolean());

        Assert.Equal(0, (await Shell.RunAsync(connection, ["settings", "reset", "message_size_limit"])).Status);
        Assert.Contains("message_size_limit       52428800", (await Shell.RunAsync(connection, ["settings", "list"])).Out, StringComparison.Ordinal);
        var refused = await Shell.RunAsync(connection, ["settings", "set", "user_connections=9", "tls_minimum=1.0"]);
        Assert.Equal((1, "tls_minimum must be 1.2 or 1.3.\n"), (refused.Status, refused.Error));
        Assert.Equal(2, (await Shell.RunAsync(connection, ["settings", "set", "user_connections"])).Status);
    }

    /// <summary>What somebody wrote into the table past the panel moves no terminal.</summary>
    [MariaDbFact]
    public async Task A_value_that_is_none_is_not_printed()
    {
        var server = await PrivateMariaDb.Shared;
        var database = await server.CreateDatabaseAsync("settings");
        var connection = server.ConnectionString(database);
        await Shell.RunAsync(connection, ["db", "migrate"]);
        await server.ExecuteAsync("INSERT INTO settings (`key`, value, updated_at) VALUES ('host_name', CONCAT(CHAR(27), '[2Jmail.example.org'), UTC_TIMESTAMP(6))", database);

        var listed = await Shell.RunAsync(connection, ["settings", "list"]);

        Assert.DoesNotContain("\u001b", listed.Out, StringComparison.Ordinal);
        Assert.Contains("not a value: must be the host’s full name", listed.Out, StringComparison.Ordinal);
    }
}
