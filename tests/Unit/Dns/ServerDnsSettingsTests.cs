using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.MailServer;
using Xunit;

namespace AdminPanel.Tests.Unit.Dns;

/// <summary>What the mail server's settings say to DNS.</summary>
public sealed class ServerDnsSettingsTests
{
    private static ServerDns? Read(params (string Key, string Value)[] chosen)
    {
        var values = SettingCatalogue.All.Where(s => s.Default is not null).ToDictionary(s => s.Key, s => s.Default!);
        foreach (var (key, value) in chosen) values[key] = value;
        return ServerDnsSettings.Read(values);
    }

    [Fact]
    public void A_server_without_a_name_has_no_records() => Assert.Null(Read());

    [Fact]
    public void A_service_is_offered_on_the_port_that_is_rendered_and_no_other_is()
    {
        var server = Read(("host_name", "mail.example.org"), ("submissions_listen", "192.0.2.7:4650"), ("managesieve_listen", "none"))!;

        Assert.Equal(
            ["_submissions 4650", "_submission 587", "_imaps 993", "_imap ", "_pop3s ", "_pop3 ", "_sieve "],
            server.Services.Select(s => $"{s.Label} {s.Port}"));
        Assert.Equal(["_submissions", "_imaps"], server.Services.Where(s => s.IsPreferred).Select(s => s.Label));
    }

    [Fact]
    public void Addresses_and_authorities_are_those_that_were_chosen()
    {
        Assert.Empty(Read(("host_name", "mail.example.org"))!.Addresses);

        var server = Read(("host_name", "mail.example.org"), ("public_addresses", "192.0.2.10,2001:db8::10"), ("certificate_authorities", "letsencrypt.org"))!;
        Assert.Equal(["192.0.2.10", "2001:db8::10"], server.Addresses.Select(a => a.ToString()));
        Assert.Equal(["letsencrypt.org"], server.CertificateAuthorities);
    }

    /// <summary>What somebody wrote into the table past the panel makes no record.</summary>
    [Fact]
    public void A_value_of_another_shape_counts_as_none()
    {
        var server = Read(("host_name", "mail.example.org"), ("public_addresses", "192.0.2.10\n@ IN A 203.0.113.1"), ("imaps_listen", "everywhere"), ("certificate_authorities", "x\"\n@ IN A 203.0.113.1"))!;

        Assert.Empty(server.Addresses);
        Assert.Empty(server.CertificateAuthorities);
        Assert.Null(server.Services.Single(s => s.Label == "_imaps").Port);
    }
}
