using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Mailboxes;

namespace AdminPanel.Web.Features.ClientSetup;

/// <summary>
/// A configuration profile for iPhone, iPad and Mac (payload com.apple.mail.managed, developer.apple.com, "Device Management,
/// Mail"). Names and identifiers are made from the address, so that a newer profile takes the place of an older one.
/// </summary>
public static class AppleProfile
{
    public const string ContentType = "application/x-apple-aspen-config";

    public const string FileName = "mail.mobileconfig";

    private const string DocumentType = "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">";

    /// <summary>Whether there is a profile of a mailbox: it may read over IMAP and send, and the server offers both.</summary>
    public static bool IsFor(IReadOnlyList<ClientServer> servers, MailboxAccess access) =>
        new[] { ClientProtocol.Imap, ClientProtocol.Smtp }.All(needed => access.Allows(needed) && servers.Any(s => s.Protocol == needed));

    /// <param name="displayName">Whose mail it is; null is nobody's name.</param>
    /// <param name="password">For IMAP and submission; null has the device ask for it.</param>
    /// <returns>Null where the server offers no IMAP or no submission.</returns>
    public static string? Of(EmailAddress address, string? displayName, IReadOnlyList<ClientServer> servers, string? password = null)
    {
        if (servers.FirstOrDefault(s => s.Protocol == ClientProtocol.Imap) is not { } incoming || servers.FirstOrDefault(s => s.Protocol == ClientProtocol.Smtp) is not { } outgoing) return null;

        var account = Dict([
            ("EmailAccountDescription", Text(address.Unicode)), ("EmailAccountName", Text(displayName ?? address.Unicode)), ("EmailAccountType", Text("EmailTypeIMAP")), ("EmailAddress", Text(address.Value)),
            ("IncomingMailServerAuthentication", Text("EmailAuthPassword")), ("IncomingMailServerHostName", Text(incoming.HostName.Value)), ("IncomingMailServerPortNumber", Number(incoming.Port)),
            ("IncomingMailServerUseSSL", new XElement("true")), ("IncomingMailServerUsername", Text(address.Value)),
            ("OutgoingMailServerAuthentication", Text("EmailAuthPassword")), ("OutgoingMailServerHostName", Text(outgoing.HostName.Value)), ("OutgoingMailServerPortNumber", Number(outgoing.Port)),
            ("OutgoingMailServerUseSSL", new XElement("true")), ("OutgoingMailServerUsername", Text(address.Value)), ("OutgoingPasswordSameAsIncomingPassword", new XElement("true")),
            ("PayloadDisplayName", Text(address.Unicode)), ("PayloadIdentifier", Text($"{Identifier(address)}.account")), ("PayloadType", Text("com.apple.mail.managed")),
            ("PayloadUUID", Text(Uuid(address, "account"))), ("PayloadVersion", Number(1)),
            .. password is null ? [] : new[] { ("IncomingPassword", Text(password)), ("OutgoingPassword", Text(password)) }]);
        var profile = Dict(
            ("PayloadContent", new XElement("array", account)), ("PayloadDisplayName", Text(address.Unicode)), ("PayloadIdentifier", Text(Identifier(address))), ("PayloadOrganization", Text(address.Domain.Unicode)),
            ("PayloadRemovalDisallowed", new XElement("false")), ("PayloadType", Text("Configuration")), ("PayloadUUID", Text(Uuid(address, "profile"))), ("PayloadVersion", Number(1)));
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{DocumentType}\n{new XElement("plist", new XAttribute("version", "1.0"), profile)}\n";
    }

    private static XElement Dict(params (string Key, XElement Value)[] entries) => new("dict", entries.SelectMany(e => new[] { new XElement("key", e.Key), e.Value }));

    private static XElement Text(string text) => new("string", text);

    private static XElement Number(int number) => new("integer", number.ToString(CultureInfo.InvariantCulture));

    // Reverse domain name, as Apple wants it: letters, digits, dots and hyphens.
    private static string Identifier(EmailAddress address) => $"{string.Join('.', address.Domain.Value.Split('.').Reverse())}.mail.{Digest(address, "identifier")[..16]}";

    private static string Uuid(EmailAddress address, string what) => new Guid(Convert.FromHexString(Digest(address, what)[..32])).ToString().ToUpperInvariant();

    private static string Digest(EmailAddress address, string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{address.Value}")));
}
