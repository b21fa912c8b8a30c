using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The types of record that mail needs.</summary>
public enum RecordType
{
    A,
    Aaaa,
    Cname,
    Mx,
    Txt,
    Srv,
    Caa,
    Tlsa,

    [SuppressMessage("Naming", "CA1720", Justification = "The record is called PTR; no pointer is meant.")]
    Ptr,
}

/// <summary>A field of a registrar's form, where that has one for each part of a value.</summary>
public enum RecordPart
{
    Priority,
    Weight,
    Port,
    Target,
    Flags,
    Tag,
    Value,
}

/// <summary>What a record says. Names in it are absolute, with the final dot, and A-labels.</summary>
public abstract record RecordData
{
    public abstract RecordType Type { get; }

    /// <summary>The whole value as the one field of a form takes it: a TXT is one string without quotes, whatever its length.</summary>
    public abstract string Text { get; }

    /// <summary>As a zone file has it (RFC 1035 section 5.1): a TXT is in quotes, in strings of at most 255 octets.</summary>
    public virtual string ZoneText => Text;

    /// <summary>The parts for forms that ask for each by itself; empty where there is just one.</summary>
    public virtual IReadOnlyList<(RecordPart Part, string Text)> Parts => [];

    /// <summary>Where mail is taken (RFC 5321 section 5.1); preference 0 and "." is "nowhere" (RFC 7505).</summary>
    public sealed record Mx(int Preference, string Host) : RecordData
    {
        public override RecordType Type => RecordType.Mx;

        public override string Text => Invariant($"{Preference} {Host}");

        public override IReadOnlyList<(RecordPart Part, string Text)> Parts => [(RecordPart.Priority, Invariant($"{Preference}")), (RecordPart.Target, Host)];
    }

    /// <param name="Whole">The strings of the record joined without anything between them; ASCII.</param>
    public sealed record Txt(string Whole) : RecordData
    {
        private const int StringOctets = 255;

        public override RecordType Type => RecordType.Txt;

        public override string Text => Whole;

        /// <summary>The character-strings of the record (RFC 1035 section 3.3.14), none longer than 255 octets.</summary>
        public IReadOnlyList<string> Strings => Whole.Length == 0 ? [""] : [.. Whole.Chunk(StringOctets).Select(c => new string(c))];

        public override string ZoneText => string.Join(' ', Strings.Select(Quoted));
    }

    /// <summary>Where a service is (RFC 2782); port 0 and "." is "not here".</summary>
    public sealed record Srv(int Priority, int Weight, int Port, string Target) : RecordData
    {
        public override RecordType Type => RecordType.Srv;

        public override string Text => Invariant($"{Priority} {Weight} {Port} {Target}");

        public override IReadOnlyList<(RecordPart Part, string Text)> Parts =>
            [(RecordPart.Priority, Invariant($"{Priority}")), (RecordPart.Weight, Invariant($"{Weight}")), (RecordPart.Port, Invariant($"{Port}")), (RecordPart.Target, Target)];
    }

    public sealed record Cname(string Target) : RecordData
    {
        public override RecordType Type => RecordType.Cname;

        public override string Text => Target;
    }

    /// <summary>A or AAAA, as the address is.</summary>
    public sealed record Address(IPAddress Ip) : RecordData
    {
        public override RecordType Type => Ip.AddressFamily == AddressFamily.InterNetworkV6 ? RecordType.Aaaa : RecordType.A;

        public override string Text => Ip.ToString();
    }

    public sealed record ReverseName(string Host) : RecordData
    {
        public override RecordType Type => RecordType.Ptr;

        public override string Text => Host;
    }

    /// <summary>Who may issue certificates (RFC 8659 section 4).</summary>
    public sealed record Caa(int Flags, string Tag, string Value) : RecordData
    {
        public override RecordType Type => RecordType.Caa;

        public override string Text => Invariant($"{Flags} {Tag} {Quoted(Value)}");

        public override IReadOnlyList<(RecordPart Part, string Text)> Parts => [(RecordPart.Flags, Invariant($"{Flags}")), (RecordPart.Tag, Tag), (RecordPart.Value, Value)];
    }

    /// <summary>Which key the server shows on a port: usage 3, selector 1, matching type 1, the SHA-256 of its SubjectPublicKeyInfo (RFC 7672 section 3.1).</summary>
    /// <param name="Digest">32 octets in hexadecimal.</param>
    public sealed record Tlsa(string Digest) : RecordData
    {
        public override RecordType Type => RecordType.Tlsa;

        public override string Text => $"3 1 1 {Digest}";

        /// <summary>Values that are true of the same key, or of the authority above it: whoever publishes one of them needs no other.</summary>
        public IReadOnlyList<string> Others { get; init; } = [];
    }

    private static string Quoted(string text) =>
        new StringBuilder(text.Length + 2).Append('"').Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"').ToString();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
