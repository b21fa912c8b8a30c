using System.Globalization;
using System.Resources;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Dns;

/// <summary>What people read about a record, in their language.</summary>
public static class RecordWords
{
    private static readonly ResourceManager Words = new(typeof(DnsText));

    /// <summary>"DKIM s2026a".</summary>
    public static string Title(DnsRecord record) => record.Subject is { } subject ? $"{Word($"Title{record.Purpose}")} {subject}" : Word($"Title{record.Purpose}");

    /// <summary>What it is for: a sentence.</summary>
    public static string Purpose(DnsRecord record) => Word($"Purpose{record.Purpose}");

    public static string Need(DnsRecord record) => Word($"Need{record.Need}");

    /// <summary>What is optional is never bad.</summary>
    public static StateTone ToneOf(CheckedRecord check) => check switch
    {
        { IsGood: true } => StateTone.Ok,
        { StopsMail: true } or { Record.Need: RecordNeed.Required, Verdict: not RecordVerdict.Failed } => StateTone.Bad,
        { Record.Need: RecordNeed.Optional, Verdict: RecordVerdict.Missing } => StateTone.Off,
        _ => StateTone.Warn,
    };

    /// <summary>What senders get who fetch the policy, and what to do about it: a sentence.</summary>
    public static string Says(PolicyFinding policy) => Word($"Policy{policy.Verdict}", policy switch
    {
        // A reason that some program gives, if it does.
        { Verdict: PolicyVerdict.Unreachable or PolicyVerdict.NoAddress } => policy.Detail is { } reason ? $" ({reason})" : "",
        _ => policy.Detail ?? "",
    }, policy.Host);

    /// <param name="key">Of DnsText.resx.</param>
    internal static string Word(string key, params object[] values) =>
        string.Format(CultureInfo.CurrentCulture, Words.GetString(key, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(key), values);
}
