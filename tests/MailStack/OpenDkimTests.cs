using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>dkim_signer = opendkim: the real OpenDKIM signs in the place of Rspamd, and dkimpy and opendkim-testmsg check its signatures.</summary>
public sealed class OpenDkimTests(AppliedServer server) : IClassFixture<AppliedServer>
{
    [SigningFact]
    public async Task OpenDKIM_signs_as_Rspamd_does_but_for_Ed25519()
    {
        await using var world = await NewWorldAsync();
        var (own, alias, other) = (world.Own, world.Alias, world.Other);
        await world.AddKeyAsync(own, "s1");
        await world.AddKeyAsync(own, "e1", "--algorithm ed25519", "s1");
        await world.AddKeyAsync(alias, "a1");
        await world.AddKeyAsync(other, "s1");
        try
        {
            await world.ApplyAsync();
            Assert.Equal("640 root:opendkim", (await AppliedServer.ShellAsync($"stat -c '%a %U:%G' {server.OpenDkimKeys}/*.key | sort -u")).Trim());
            // Postfix reaches the socket, and no other account does.
            Assert.Equal("2750 opendkim:postfix\n770 opendkim:postfix\n", await AppliedServer.ShellAsync($"stat -c '%a %U:%G' {server.Directory}/queue/opendkim {server.Directory}/queue/opendkim/opendkim.sock"));
            Assert.Contains("active (opendkim cannot sign with it)", await world.DoneAsync($"dkim list {own}"), StringComparison.Ordinal);

            var file = await world.SendAsync($"box@{own}", $"box@{own}");
            Assert.Equal([$"{own} s1 pass"], await world.VerifiedAsync(file));
            Assert.Equal((0, ""), await TestMsgAsync(world, file));
            // The same verifier says so where one word is another.
            await AppliedServer.ShellAsync($"sed 's/^Hello/Hallo/' {file} >{file}.changed");
            Assert.NotEqual(0, (await TestMsgAsync(world, $"{file}.changed")).Status);

            Assert.Equal([$"{alias} a1 pass"], await world.SignaturesAsync($"box@{alias}", $"box@{alias}"));
            Assert.Equal([$"{other} s1 pass"], await world.SignaturesAsync($"box@{other}", $"box@{other}", signedIn: $"box@{other}"));
        }
        finally
        {
            await server.StopOpenDkimAsync();
        }
    }

    /// <summary>
    /// OpenDKIM's own tables know From alone, and a client of the host itself needs no sign-in: by them, whoever has a
    /// mailbox here would sign in the name of every other domain.
    /// </summary>
    [SigningFact]
    public async Task Nobody_gets_a_signature_of_somebody_elses_domain()
    {
        await using var world = await NewWorldAsync();
        var (own, alias, other) = (world.Own, world.Alias, world.Other);
        await world.AddKeyAsync(own, "s1");
        await world.AddKeyAsync(alias, "a1");
        await world.AddKeyAsync(other, "s1");
        try
        {
            await world.ApplyAsync();
            foreach (var header in (string[])[
                $"box@{other}", $"box@{own}, box@{other}", $"<box@{other}>, <box@{own}>", $"box@{own}\nFrom: box@{other}", $"box@{other}\nFrom: box@{own}", $"<box@{own}> <box@{other}>",
                $"box@{own}@{other}", $"\"box@{own}\" <box@{other}>", $"\"box@{own} <box@{other}>", $"all: box@{own};", $"box@{own} (x) <box@{other}>"])
            {
                Assert.Equal((header, ""), (header, string.Join('\n', await world.SignaturesAsync($"box@{own}", header))));
            }
            // Another domain in the envelope.
            Assert.Equal([], await world.SignaturesAsync($"box@{alias}", $"box@{own}"));
            // Without a sign-in, from this host.
            Assert.Equal([], await world.VerifiedAsync(await world.SendAsStrangerAsync($"box@{own}", $"box@{own}")));
            // What looks like two addresses and is one.
            foreach (var header in (string[])[$"BOX@{own.ToUpperInvariant()}", $"\"box@{other}, <x>\" <box@{own}>", $"<box@{own}> (box@{other}, or <so>)", $"box@{own}\nSender: box@{other}"])
            {
                Assert.Equal((header, $"{own} s1 pass"), (header, string.Join('\n', await world.SignaturesAsync($"box@{own}", header))));
            }
        }
        finally
        {
            await server.StopOpenDkimAsync();
        }
    }

    [SigningFact]
    public async Task The_signer_is_changed_and_one_of_the_two_signs()
    {
        await using var world = await NewWorldAsync();
        var own = world.Own;
        await world.AddKeyAsync(own, "s1");
        await world.AddKeyAsync(own, "e1", "--algorithm ed25519", "s1");
        var rspamd = $"{server.SpamFilterSettings} DKIM_DIRECTORY={server.OpenDkimKeys}";
        try
        {
            await server.PrepareSpamFilterAsync();
            await world.ApplyAsync(rspamd);
            Assert.Equal([$"{own} e1 pass", $"{own} s1 pass"], await world.SignaturesAsync($"box@{own}", $"box@{own}"));

            await world.ApplyAsync($"{server.SpamFilterSettings} {server.OpenDkimSettings}");
            Assert.Equal([$"{own} s1 pass"], await world.SignaturesAsync($"box@{own}", $"box@{own}"));
            Assert.Equal("root:opendkim\n", await AppliedServer.ShellAsync($"stat -c '%U:%G' {server.OpenDkimKeys}/* | sort -u"));

            await world.ApplyAsync(rspamd);
            Assert.Equal([$"{own} e1 pass", $"{own} s1 pass"], await world.SignaturesAsync($"box@{own}", $"box@{own}"));
            Assert.Equal("root:_rspamd\n", await AppliedServer.ShellAsync($"stat -c '%U:%G' {server.OpenDkimKeys}/* | sort -u"));
        }
        finally
        {
            await server.StopSpamFilterAsync();
            await server.StopOpenDkimAsync();
        }
    }

    [SigningFact]
    public async Task No_message_fails_while_one_key_follows_another()
    {
        await using var world = await NewWorldAsync();
        try
        {
            await SigningRotation.RunAsync(world);
        }
        finally
        {
            await server.StopOpenDkimAsync();
        }
    }

    private async Task<SigningWorld> NewWorldAsync()
    {
        await server.OpenAsync();
        await server.PrepareOpenDkimAsync();
        return await new SigningWorld(server, server.OpenDkimSettings).PrepareAsync();
    }

    /// <summary>It knows no name servers but those of the host, so it gets a host's file of its own.</summary>
    /// <returns>Status 0 and no word where the signature is right.</returns>
    private async Task<(int Status, string Said)> TestMsgAsync(SigningWorld world, string file)
    {
        var resolver = Path.Combine(server.Directory, "resolv.conf");
        await File.WriteAllTextAsync(resolver, $"nameserver {world.First.Address}\n");
        var (status, output, errors) = await TrialInstance.RunAsync("/usr/bin/unshare", ["--mount", "/bin/sh", "-c", $"mount --bind {resolver} /etc/resolv.conf && exec opendkim-testmsg <{file}"]);
        return (status, output + errors);
    }
}
