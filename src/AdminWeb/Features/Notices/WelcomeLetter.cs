using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Shared;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Notices;

/// <summary>What the message that greets the owner of a new mailbox is written from.</summary>
/// <param name="Address">With the domain in its own letters: also the user name.</param>
/// <param name="Opening">The domain's own words in place of the panel's; null where it has none.</param>
/// <param name="Servers">Those with TLS from the first octet (RFC 8314) are listed; none are where the mail server's name is not known.</param>
public sealed record Welcome(string Address, string? DisplayName, string? Opening, MailboxAccess Access, IReadOnlyList<ClientServer> Servers);

/// <summary>Writes the message that greets the owner of a new mailbox: never a password.</summary>
public static class WelcomeLetter
{
    /// <param name="words">Read in the current UI culture: <see cref="Language.Use"/> chooses it.</param>
    public static Letter Write(Welcome welcome, IStringLocalizer<NoticesText> words)
    {
        string greeting = welcome.DisplayName is { } name ? words["GreetingTo", name] : words["Greeting"];
        string[] opening = welcome.Opening?.Split('\n') ?? [words["WelcomeOpening", welcome.Address]];
        var settings = Settings(welcome, words);
        return new Letter(words["WelcomeSubject", welcome.Address], Text(greeting, opening, settings, words), Html(greeting, opening, settings, words));
    }

    private static List<(string Label, string Value)> Settings(Welcome welcome, IStringLocalizer<NoticesText> words)
    {
        var settings = new List<(string, string)> { (words["UserName"], welcome.Address), (words["Password"], words["PasswordIs"]) };
        void Add(string label, ClientProtocol protocol)
        {
            if (welcome.Access.Allows(protocol) && welcome.Servers.FirstOrDefault(s => s.Protocol == protocol && s.IsTlsFromStart) is { } server)
                settings.Add((words[label], words["HostAndPort", server.HostName.Value, server.Port.ToString(CultureInfo.InvariantCulture)]));
        }
        Add("Imap", ClientProtocol.Imap);
        Add("Pop3", ClientProtocol.Pop3);
        Add("Submission", ClientProtocol.Smtp);
        return settings;
    }

    private static string Text(string greeting, string[] opening, List<(string Label, string Value)> settings, IStringLocalizer<NoticesText> words)
    {
        var text = new StringBuilder().Append(greeting).Append("\n\n").AppendJoin('\n', opening).Append("\n\n").Append(words["Settings"]).Append("\n\n");
        foreach (var (label, value) in settings) text.Append("  ").Append(label).Append(": ").Append(value).Append('\n');
        return text.Append('\n').Append(words["Automatic"]).Append('\n').ToString();
    }

    // Mail programs read neither style sheets of ours nor scripts: plain elements look right everywhere.
    private static string Html(string greeting, string[] opening, List<(string Label, string Value)> settings, IStringLocalizer<NoticesText> words)
    {
        var encoder = HtmlEncoder.Default;
        var html = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"{CultureInfo.CurrentUICulture.Name}\"><body>");
        html.Append(CultureInfo.InvariantCulture, $"<p>{encoder.Encode(greeting)}</p><p>{string.Join("<br>", opening.Select(encoder.Encode))}</p><p>{encoder.Encode(words["Settings"])}</p><table>");
        foreach (var (label, value) in settings)
            html.Append(CultureInfo.InvariantCulture, $"<tr><th align=\"left\">{encoder.Encode(label)}</th><td>{encoder.Encode(value)}</td></tr>");
        return html.Append(CultureInfo.InvariantCulture, $"</table><p>{encoder.Encode(words["Automatic"])}</p></body></html>").ToString();
    }
}
