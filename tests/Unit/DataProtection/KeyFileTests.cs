using System.Security.Cryptography;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.DataProtection;
using Xunit;

namespace AdminPanel.Tests.Unit.DataProtection;

/// <summary>The key that is not in the database: who may read it, and what it opens.</summary>
public sealed class KeyFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string directory = Directory.CreateTempSubdirectory("panel-key-").FullName;

    private string KeyPath => Path.Combine(directory, "panel.key");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void A_missing_file_is_made_for_its_owner_alone()
    {
        KeyFile.Open(KeyPath);

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(KeyPath));
        Assert.Matches(@"\A[0-9a-f]{8} [A-Za-z0-9+/]{43}=\n\z", File.ReadAllText(KeyPath));
        Assert.Single(Directory.GetFiles(directory));
    }

    [Fact]
    public async Task Two_that_start_at_once_use_one_key()
    {
        for (var round = 0; round < 50; round++)
        {
            using var start = new Barrier(4);
            var files = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return KeyFile.Open(KeyPath);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            var text = files[0].Seal("secret", "here");

            Assert.All(files, f => Assert.Equal("secret", f.Open(text, "here")));
            Assert.Single(Directory.GetFiles(Path.GetDirectoryName(KeyPath)!));
            File.Delete(KeyPath);
        }
    }

    [Theory]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void A_file_that_others_can_read_or_write_is_refused(UnixFileMode more)
    {
        KeyFile.Open(KeyPath);
        File.SetUnixFileMode(KeyPath, OwnerOnly | more);

        Assert.Contains("chmod 0600", Assert.Throws<SettingException>(() => KeyFile.Open(KeyPath)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_key_is_made_where_others_can_write()
    {
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        Assert.Contains("only its owner writes to", Assert.Throws<SettingException>(() => KeyFile.Open(KeyPath)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(KeyPath));
        Assert.Throws<SettingException>(() => KeyFile.Open(Path.Combine(directory, "absent", "panel.key")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("id\n")]
    [InlineData("id AAAA\n")]
    [InlineData("id not-base64-at-all-not-base64-at-all-not-base64\n")]
    [InlineData("id AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nid AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    public void What_is_not_a_key_file_is_refused(string text)
    {
        File.WriteAllText(KeyPath, text);
        File.SetUnixFileMode(KeyPath, OwnerOnly);

        Assert.Throws<SettingException>(() => KeyFile.Open(KeyPath));
    }

    [Fact]
    public void What_was_sealed_opens_in_its_place_and_nowhere_else()
    {
        var key = KeyFile.Open(KeyPath);
        var text = key.Seal("geheim äöü", "settings.value of a");

        Assert.Equal("geheim äöü", key.Open(text, "settings.value of a"));
        Assert.ThrowsAny<CryptographicException>(() => key.Open(text, "settings.value of b"));
        Assert.ThrowsAny<CryptographicException>(() => key.Open(text[..^6] + "AAAAA=", "settings.value of a"));
        Assert.NotEqual(text, key.Seal("geheim äöü", "settings.value of a"));
    }

    [Fact]
    public void A_new_first_line_seals_and_the_old_line_still_opens()
    {
        var old = KeyFile.Open(KeyPath);
        var before = old.Seal("secret", "here");
        File.WriteAllText(KeyPath, "new AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n" + File.ReadAllText(KeyPath));
        File.SetUnixFileMode(KeyPath, OwnerOnly);

        var rotated = KeyFile.Open(KeyPath);

        Assert.Equal("secret", rotated.Open(before, "here"));
        Assert.StartsWith("new:", rotated.Seal("secret", "here"), StringComparison.Ordinal);
        Assert.Contains("put back the key file", Assert.Throws<SettingException>(() => old.Open(rotated.Seal("secret", "here"), "here")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sealed_text_opens_with_openssls_arithmetic()
    {
        // HKDF-SHA256 of 32 octets 0x01 with info "adminpanel/seal", computed with: openssl kdf -keylen 32 -kdfopt digest:SHA256
        // -kdfopt hexkey:0101..01 -kdfopt info:adminpanel/seal HKDF
        var derived = Convert.FromHexString("AB4243F9BAF7A1494E6F906FF410BCC5C7DFAEBB9E01B393B7A88C90852CD14A");
        File.WriteAllText(KeyPath, "one AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n");
        File.SetUnixFileMode(KeyPath, OwnerOnly);

        var octets = Convert.FromBase64String(KeyFile.Open(KeyPath).Seal("secret", "here")["one:".Length..]);
        var clear = new byte[octets.Length - 28];
        using var aes = new AesGcm(derived, 16);
        aes.Decrypt(octets.AsSpan(0, 12), octets.AsSpan(28), octets.AsSpan(12, 16), clear, "one\nhere"u8);

        Assert.Equal("secret"u8.ToArray(), clear);
    }
}
