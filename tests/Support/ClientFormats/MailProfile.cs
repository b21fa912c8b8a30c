using System.Text.RegularExpressions;

namespace AdminPanel.Tests.Support.ClientFormats;

/// <summary>A server of a profile, as a device signs in there.</summary>
public sealed record ProfileServer(string Host, int Port, bool UsesTls, string UserName, string? Password);

/// <summary>
/// A profile with one mail account, as a device takes it: TopLevel, CommonPayloadKeys and Mail of Apple's "Device
/// Management". What a device refuses is a <see cref="FormatException"/>.
/// </summary>
public sealed partial record MailProfile(string Identifier, string Address, string AccountName, ProfileServer Incoming, ProfileServer Outgoing)
{
    // With their types; true where a device refuses the account without it.
    private static readonly Dictionary<string, (Type Type, bool IsNeeded)> AccountKeys = new()
    {
        ["EmailAccountType"] = (typeof(string), true), ["EmailAccountDescription"] = (typeof(string), false), ["EmailAccountName"] = (typeof(string), false), ["EmailAddress"] = (typeof(string), true),
        ["IncomingMailServerAuthentication"] = (typeof(string), true), ["IncomingMailServerHostName"] = (typeof(string), true), ["IncomingMailServerPortNumber"] = (typeof(long), false), ["IncomingMailServerUseSSL"] = (typeof(bool), false), ["IncomingMailServerUsername"] = (typeof(string), true), ["IncomingPassword"] = (typeof(string), false),
        ["OutgoingMailServerAuthentication"] = (typeof(string), true), ["OutgoingMailServerHostName"] = (typeof(string), true), ["OutgoingMailServerPortNumber"] = (typeof(long), false), ["OutgoingMailServerUseSSL"] = (typeof(bool), false), ["OutgoingMailServerUsername"] = (typeof(string), true), ["OutgoingPassword"] = (typeof(string), false),
        ["OutgoingPasswordSameAsIncomingPassword"] = (typeof(bool), false),
    };

    private static readonly Dictionary<string, (Type Type, bool IsNeeded)> PayloadKeys = new()
    {
        ["PayloadType"] = (typeof(string), true), ["PayloadVersion"] = (typeof(long), true), ["PayloadIdentifier"] = (typeof(string), true), ["PayloadUUID"] = (typeof(string), true),
        ["PayloadDisplayName"] = (typeof(string), false), ["PayloadOrganization"] = (typeof(string), false),
    };

    public static MailProfile Parse(string text)
    {
        var profile = Plist.Parse(text);
        Check(profile, PayloadKeys.Append(new("PayloadContent", (typeof(List<object>), true))).Append(new("PayloadRemovalDisallowed", (typeof(bool), false))));
        if ((profile["PayloadType"], profile["PayloadVersion"]) is not ("Configuration", 1L)) throw new FormatException("It is no profile of version 1.");
        if (profile["PayloadContent"] is not List<object> { Count: 1 } content || content[0] is not Dictionary<string, object> account) throw new FormatException("It holds something else than one payload.");

        Check(account, PayloadKeys.Concat(AccountKeys));
        if ((account["PayloadType"], account["PayloadVersion"], account["EmailAccountType"]) is not ("com.apple.mail.managed", 1L, "EmailTypeIMAP")) throw new FormatException("The payload is no account of IMAP.");
        foreach (var payload in new[] { profile, account })
        {
            if (!Uuid().IsMatch((string)payload["PayloadUUID"])) throw new FormatException($"{payload["PayloadUUID"]} is no UUID.");
            if (!ReverseName().IsMatch((string)payload["PayloadIdentifier"])) throw new FormatException($"{payload["PayloadIdentifier"]} is no name in reverse.");
        }
        if (profile["PayloadUUID"].Equals(account["PayloadUUID"]) || profile["PayloadIdentifier"].Equals(account["PayloadIdentifier"])) throw new FormatException("Profile and payload have one name.");
        return new((string)profile["PayloadIdentifier"], (string)account["EmailAddress"], (string)account["EmailAccountName"], Server(account, "Incoming"), Server(account, "Outgoing"));
    }

    private static void Check(IReadOnlyDictionary<string, object> found, IEnumerable<KeyValuePair<string, (Type Type, bool IsNeeded)>> known)
    {
        var keys = known.ToDictionary();
        foreach (var (key, value) in found)
        {
            if (!keys.TryGetValue(key, out var rule)) throw new FormatException($"Nobody knows {key}.");
            if (value.GetType() != rule.Type) throw new FormatException($"{key} is a {value.GetType().Name}.");
            if (value is "") throw new FormatException($"{key} is empty.");
        }
        if (keys.FirstOrDefault(k => k.Value.IsNeeded && !found.ContainsKey(k.Key)).Key is { } missing) throw new FormatException($"{missing} is missing.");
    }

    private static ProfileServer Server(Dictionary<string, object> account, string way)
    {
        if (account[$"{way}MailServerAuthentication"] is not "EmailAuthPassword") throw new FormatException($"The {way} server is not asked with a password.");
        return new(
            (string)account[$"{way}MailServerHostName"], (int)(long)account[$"{way}MailServerPortNumber"], account[$"{way}MailServerUseSSL"] is true,
            (string)account[$"{way}MailServerUsername"], account.GetValueOrDefault($"{way}Password") as string);
    }

    [GeneratedRegex("^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
    private static partial Regex ReverseName();
}
