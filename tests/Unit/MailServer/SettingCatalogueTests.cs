using System.Globalization;
using System.Resources;
using AdminPanel.Tests.Unit.Conventions;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.MailServer.Settings;
using Xunit;

namespace AdminPanel.Tests.Unit.MailServer;

public sealed class SettingCatalogueTests
{
    private static readonly ResourceManager Words = new(typeof(MailServerText));

    public static TheoryData<string> Keys => [.. SettingCatalogue.All.Select(setting => setting.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_setting_has_a_hint_and_says_what_it_wants(string key)
    {
        var setting = SettingCatalogue.Find(key)!;

        Assert.NotNull(Words.GetString($"{key}.hint", CultureInfo.InvariantCulture));
        Assert.NotEmpty(setting.Wanted);
        Assert.True(setting.Default is null || setting.Accepts(setting.Default), "the default is a value");
        Assert.All(setting.Shape.Choices, choice => Assert.True(setting.Accepts(choice) && Words.GetString($"choice.{choice}", CultureInfo.InvariantCulture) is not null, choice));
    }

    [Fact]
    public void The_form_has_a_field_for_every_setting_that_the_panel_decides_and_for_no_other() =>
        Assert.Equal(SettingCatalogue.OfPanel.Select(setting => setting.Key).Order(StringComparer.Ordinal), SettingsForm.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_field_has_a_label() => Assert.All(SettingCatalogue.OfPanel, setting => Assert.NotNull(Words.GetString(setting.Key, CultureInfo.InvariantCulture)));

    /// <summary>Who decides, default and shape of each, as the catalogue has them.</summary>
    [Fact]
    public void The_operations_page_has_every_setting_as_it_is()
    {
        var lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs/operations/mail-server-settings.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        Assert.Equal(SettingCatalogue.All.Select(setting => setting.Key), lines.Select(line => line.Split('`')[1]));
        foreach (var (setting, line) in SettingCatalogue.All.Zip(lines))
        {
            var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
            Assert.Equal((setting.Key, setting.Source switch { SettingSource.Panel => setting.IsInTableAlone ? "panel" : "panel, host", SettingSource.Host => "host", _ => "host, secret" }), (setting.Key, cells[1]));
            Assert.Equal((setting.Key, setting.Default is null ? "(must be chosen)" : $"`{setting.Default}`"), (setting.Key, cells[2]));
            Assert.StartsWith(setting.Wanted, cells[3], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_operations_page_has_every_default_of_FreeBSD()
    {
        var lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs/operations/mail-server-settings.md")).Where(line => line.StartsWith("- `", StringComparison.Ordinal));

        Assert.Equal(SettingCatalogue.All.Where(setting => setting.DefaultOnFreeBsd is not null).Select(setting => $"- `{setting.Key}`: `{setting.DefaultOnFreeBsd}`"), lines);
        Assert.All(SettingCatalogue.All, setting => Assert.True(setting.DefaultOn("freebsd") is not { } text || setting.Accepts(text), setting.Key));
    }

    [Theory]
    [InlineData("milters_before", "inet:127.0.0.1:8891, unix:/run/a.sock", "inet:127.0.0.1:8891,unix:/run/a.sock")]
    [InlineData("host_name", "Mail.Example.ORG", "mail.example.org")]
    [InlineData("host_name", "mail.bücher.example", "mail.xn--bcher-kva.example")]
    [InlineData("host_recipient", "Admin@Example.net", "admin@example.net")]
    [InlineData("message_size_limit", "50 MB", "52428800")]
    [InlineData("message_size_limit", "52428800", "52428800")]
    [InlineData("dns_block_lists", "BL.example.org, dnsbl.example.net", "bl.example.org,dnsbl.example.net")]
    [InlineData("public_addresses", "192.0.2.1, 2001:DB8:0::1", "192.0.2.1,2001:db8::1")]
    [InlineData("certificate_authorities", "LetsEncrypt.org", "letsencrypt.org")]
    public void People_may_write_it_more_freely_than_it_is_stored(string key, string typed, string stored)
    {
        var shape = SettingCatalogue.Find(key)!.Shape;

        Assert.Equal(stored, shape.Stored(typed));
        Assert.True(shape.Accepts(stored));
        Assert.Equal(stored, shape.Stored(shape.Shown(stored)));
    }
}
