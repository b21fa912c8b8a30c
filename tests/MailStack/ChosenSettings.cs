using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>The daemons of the trial with other settings than its own.</summary>
internal static class ChosenSettings
{
    // What these settings change; the tables and their passwords stay where they are.
    private static readonly string[] Files = ["postfix/main.cf", "postfix/master.cf", "dovecot/dovecot.conf"];

    /// <summary>Renders with these settings over the trial's own, puts it in place and reloads; without any, the trial's own are back.</summary>
    /// <returns>The rendered tree.</returns>
    public static async Task<string> PutInForceAsync(this TrialInstance instance, params string[] settings)
    {
        var (rendered, scripts, dovecot) = (Path.Combine(instance.Directory, "chosen"), Path.Combine(instance.Config, "dovecot/sieve"), Path.Combine(instance.Config, "dovecot/dovecot.conf"));
        // Rendering takes no file away, and scripts of other settings are none of these.
        foreach (var old in (string[])[rendered, scripts]) if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        var (status, _, errors) = await instance.PanelAsync(["render", "--out", rendered, .. settings.SelectMany(s => (string[])["--set", s])]);
        Assert.True(status == 0, errors);
        var next = Path.Combine(rendered, "dovecot/sieve");
        string[] files = [.. Files, .. Directory.Exists(next) ? Directory.GetFiles(next).Select(path => Path.GetRelativePath(rendered, path)) : []];
        Directory.CreateDirectory(scripts);
        foreach (var file in files)
        {
            var target = Path.Combine(instance.Config, file);
            File.Copy(Path.Combine(rendered, file), target + ".next", overwrite: true);
            File.Move(target + ".next", target, overwrite: true);
        }
        // Dovecot's processes may only read them there, and would compile them for themselves at every message.
        foreach (var script in Directory.GetFiles(scripts, "*.sieve")) Assert.Equal((script, 0), (script, (await TrialInstance.RunAsync("/usr/bin/sievec", ["-c", dovecot, script])).Status));
        Assert.Equal(0, (await TrialInstance.RunAsync("/usr/sbin/postfix", ["-c", Path.Combine(instance.Config, "postfix"), "reload"])).Status);
        Assert.Equal(0, (await TrialInstance.RunAsync("/usr/bin/doveadm", ["-c", dovecot, "reload"])).Status);
        return rendered;
    }
}
