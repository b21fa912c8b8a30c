using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>
/// How the panel reaches the sieve scripts of every mailbox: over ManageSieve (RFC 5804), as a master user that Dovecot
/// lets in there alone and from the panel's own address alone (docs/decisions/0042).
/// </summary>
public static class PanelScripts
{
    /// <summary>The setting with the password that lets the panel in.</summary>
    public const string Key = "panel_sieve_password";

    /// <summary>Whom the panel signs in as; no address, so nobody's mailbox.</summary>
    public const string User = "adminpanel";

    /// <summary>The script that the panel keeps in a mailbox, as ManageSieve calls it.</summary>
    public const string Name = "adminpanel";

    /// <summary>Where Dovecot finds it: beside the owner's own scripts, in the home.</summary>
    private const string Path = $"~/sieve/{Name}.sieve";

    /// <summary>What the file with the password is rendered from.</summary>
    internal static readonly IReadOnlyList<string> Settings = [Key, "managesieve_listen"];

    private static readonly string Note = GeneratedNote.For("Dovecot: the panel keeps sieve scripts.");

    private static readonly string Off = Note + $"# Off: the setting {Key} is none.\n";

    /// <summary>Where the panel connects to; the panel is on the same host, so that is also the address it comes from.</summary>
    public static IPEndPoint Server(Endpoint listener) =>
        new(listener.Address switch
        {
            null => IPAddress.Loopback,
            var any when any.Equals(IPAddress.Any) => IPAddress.Loopback,
            var any when any.Equals(IPAddress.IPv6Any) => IPAddress.IPv6Loopback,
            var own => own,
        }, listener.Port);

    /// <summary>dovecot-panel.conf.ext for Dovecot 2.3. A file of its own, since it holds a password.</summary>
    public static string Render23(MailServerSettings settings) => settings is not { PanelSievePassword: { } password, ManageSieve: { } listener } ? Off : $$"""
        {{Note}}protocol sieve {
          passdb {
            driver = static
            master = yes
            args = password={{password}} allow_nets={{Network(listener)}}
          }
        }

        """;

    /// <summary>The same for Dovecot 2.4.</summary>
    public static string Render24(MailServerSettings settings) => settings is not { PanelSievePassword: { } password, ManageSieve: { } listener } ? Off : $$"""
        {{Note}}protocol sieve {
          passdb static {
            master = yes
            password = {{password}}
            fields {
              allow_nets = {{Network(listener)}}
            }
          }
        }

        """;

    /// <summary>What stands in dovecot.conf's block "plugin" for Dovecot 2.3. It comes before what puts spam into Junk, so that an owner's rule can put it elsewhere.</summary>
    internal const string Plugin23 = $"\n  sieve_before = file:{Path}";

    /// <summary>What dovecot.conf says of it to Dovecot 2.4.</summary>
    internal static string Script24 { get; } = $$"""
        sieve_script panel {
          type = before
          precedence = 1
          path = {{Path}}
        }

        """;

    private static string Network(Endpoint listener) => Server(listener).Address is var own && own.AddressFamily == AddressFamily.InterNetworkV6 ? $"{own}/128" : $"{own}/32";
}
