using System.Text.Json;
using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>The tree that the daemons run from, as the programs that read it judge it.</summary>
public abstract class ConfigurationTests<TStack>
    where TStack : IMailStack
{
    [StackFact]
    public async Task The_programs_that_read_the_tree_have_nothing_to_say_against_it()
    {
        var instance = await TStack.Instance;
        var postfix = Path.Combine(instance.Config, "postfix");

        var (read, _, warnings) = await instance.RunDaemonsAsync("/usr/sbin/postconf", ["-c", postfix, "-n"]);
        Assert.Equal((0, ""), (read, warnings));
        var (services, _, complaints) = await instance.RunDaemonsAsync("/usr/sbin/postconf", ["-c", postfix, "-M"]);
        Assert.Equal((0, ""), (services, complaints));
        var (understood, _, errors) = await instance.RunDaemonsAsync("/usr/bin/doveconf", ["-c", Path.Combine(instance.Config, "dovecot/dovecot.conf"), "-n"]);
        Assert.Equal((0, ""), (understood, errors));
    }

    [StackFact]
    public async Task The_tree_is_what_its_manifest_says()
    {
        var instance = await TStack.Instance;
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(instance.Config, "manifest.json")));
        Assert.Equal(TStack.Versions, (manifest.RootElement.GetProperty("dovecot").GetString(), manifest.RootElement.GetProperty("postfix").GetString()));
        foreach (var file in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            var path = Path.Combine(instance.Config, file.GetProperty("path").GetString()!);
            Assert.Equal(file.GetProperty("mode").GetString(), "0" + Convert.ToString((int)File.GetUnixFileMode(path), 8));
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(path))));
            var (_, owner, _) = await instance.RunDaemonsAsync("/usr/bin/stat", ["-c", "%U:%G", path]);
            Assert.Equal(file.GetProperty("owner").GetString(), owner.Trim());
        }
    }
}
