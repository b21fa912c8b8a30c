using System.Globalization;
using AdminPanel.Tests.Support;

namespace AdminPanel.Benchmarks;

/// <summary>
/// The Postfix of a trial instance a second time, with parameters and lookup tables of its own. Only port 25's service
/// of it listens, nothing asks Dovecot about quotas, no refusal makes a client wait, and messages are thrown away.
/// </summary>
internal sealed class BenchedPostfix : IAsyncDisposable
{
    private const string Restrictions = "smtpd_recipient_restrictions";
    private const string Usual = "reject_non_fqdn_recipient, reject_unlisted_recipient";

    private static readonly Dictionary<string, string> Always = new()
    {
        [Restrictions] = Usual,
        ["virtual_transport"] = "discard:",
        ["default_transport"] = "discard:",
        ["relayhost"] = "",
        ["smtpd_soft_error_limit"] = "100000",
        ["smtpd_hard_error_limit"] = "100000",
        ["transport_maps"] = "",
    };

    private readonly string directory;

    private BenchedPostfix(string directory, string endpoint)
    {
        this.directory = directory;
        Smtp = endpoint;
    }

    public string Smtp { get; }

    private string Config => Path.Combine(directory, "config");

    /// <param name="parameters">Of main.cf.</param>
    /// <param name="tables">Files of mysql_table(5) by name, beside those of the instance in its directory sql.</param>
    public static async Task<BenchedPostfix> StartAsync(TrialInstance instance, string name, IReadOnlyDictionary<string, string> parameters, IReadOnlyDictionary<string, string> tables)
    {
        var postfix = new BenchedPostfix(Path.Combine(instance.Directory, "postfix-" + name), "127.0.0.1:" + PublishedApp.FreePort().ToString(CultureInfo.InvariantCulture));
        var (queue, data) = (Path.Combine(postfix.directory, "queue"), Path.Combine(postfix.directory, "data"));
        Directory.CreateDirectory(queue);
        Directory.CreateDirectory(data);
        await RunAsync("/bin/cp", ["-a", Path.Combine(instance.Config, "postfix"), postfix.Config]);
        foreach (var (table, text) in tables) await File.WriteAllTextAsync(Path.Combine(postfix.Config, "sql", table + ".cf"), text);
        await RunAsync("/bin/chown", ["postfix", data]);
        await RunAsync("/bin/chgrp", ["-R", "postfix", Path.Combine(postfix.Config, "sql")]);
        var master = Path.Combine(postfix.Config, "master.cf");
        await File.WriteAllTextAsync(master, OnlySmtp(await File.ReadAllTextAsync(master), instance.Smtp, postfix.Smtp));
        var all = new Dictionary<string, string>(Always) { ["queue_directory"] = queue, ["data_directory"] = data };
        foreach (var (parameter, value) in parameters) all[parameter] = value;
        await RunAsync("/usr/sbin/postconf", ["-c", postfix.Config, "-e", .. all.Select(p => $"{p.Key}={p.Value}")]);
        await RunAsync("/usr/sbin/postfix", ["-c", postfix.Config, "start"]);
        return postfix;
    }

    /// <summary>From now on with fresh processes.</summary>
    public Task ReloadAsync() => RunAsync("/usr/sbin/postfix", ["-c", Config, "reload"]);

    /// <summary>Whether whoever is known is refused at last, so that no message is begun: what is left of an RCPT then is smtpd with a line of its log, and the tables.</summary>
    public async Task RefuseAllAsync(bool refuses)
    {
        await RunAsync("/usr/sbin/postconf", ["-c", Config, "-e", $"{Restrictions}={Usual}{(refuses ? ", reject" : "")}"]);
        await ReloadAsync();
    }

    /// <summary>Waits until nothing is in the queue.</summary>
    public async Task SettledAsync()
    {
        while ((await TrialInstance.RunAsync("/usr/sbin/postqueue", ["-c", Config, "-j"])).Output.Length > 0) await Task.Delay(20);
    }

    public async ValueTask DisposeAsync() => await RunAsync("/usr/sbin/postfix", ["-c", Config, "stop"]);

    /// <summary>Without the other services that listen on a port: they are the instance's.</summary>
    private static string OnlySmtp(string master, string listened, string listens)
    {
        var kept = new List<string>();
        var isKept = true;
        foreach (var line in master.Split('\n'))
        {
            if (!line.StartsWith(' ')) isKept = !line.Contains(" inet ", StringComparison.Ordinal) || line.StartsWith(listened + " ", StringComparison.Ordinal);
            if (isKept) kept.Add(line.Replace(listened, listens, StringComparison.Ordinal));
        }
        return string.Join('\n', kept);
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        var (status, output, errors) = await TrialInstance.RunAsync(program, arguments);
        if (status != 0) throw new InvalidOperationException($"{program}: {errors}{output}");
    }
}
