using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AdminPanel.Data;

/// <summary>Why a text is no network.</summary>
public enum NetworkFault
{
    None,

    /// <summary>Not an IPv4 or IPv6 address, with or without a prefix length.</summary>
    Unreadable,

    /// <summary>The prefix is longer than an address of its family.</summary>
    PrefixTooLong,
}

/// <summary>
/// A network that mail programs connect from, as "192.0.2.0/24" or "2001:db8::/32"; one address stands without a prefix
/// length. Bits beyond the prefix are zero, and an IPv4 address in IPv6 clothes (RFC 4291 section 2.5.5.2) is an IPv4
/// address, so that one network has one spelling.
/// </summary>
public sealed record ClientNetwork(IPAddress Address, int PrefixLength)
{
    // What an address is written with. IPAddress itself also takes "1", "0x7f.1", brackets, ports and zones.
    private const string Characters = "0123456789abcdefABCDEF:.";
    private const int MappedBits = 96;

    public static bool TryParse(string text, out ClientNetwork? network, out NetworkFault fault)
    {
        network = null;
        fault = NetworkFault.Unreadable;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var written = slash < 0 ? text : text[..slash];
        if (!written.All(Characters.Contains) || !IPAddress.TryParse(written, out var address)) return false;
        if (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != written) return false;

        var length = address.GetAddressBytes().Length * 8;
        if (slash >= 0)
        {
            if (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)) return false;
            if (prefix > length)
            {
                fault = NetworkFault.PrefixTooLong;
                return false;
            }
            length = prefix;
        }
        if (address.IsIPv4MappedToIPv6 && length >= MappedBits) (address, length) = (address.MapToIPv4(), length - MappedBits);
        network = new ClientNetwork(Masked(address, length), length);
        fault = NetworkFault.None;
        return true;
    }

    /// <summary>Whether an address is in one of the networks that a mailbox allows.</summary>
    /// <param name="networks">As <see cref="Model.Mailbox.AllowedNetworks"/> has them; null is everywhere.</param>
    public static bool Allow(string? networks, IPAddress? address) =>
        networks is null || (address is not null && networks.Split(',').Any(text => TryParse(text, out var network, out _) && network!.Contains(address)));

    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == Address.AddressFamily && Masked(plain, PrefixLength).GetAddressBytes().AsSpan().SequenceEqual(Address.GetAddressBytes());
    }

    public override string ToString() =>
        PrefixLength == Address.GetAddressBytes().Length * 8 ? Address.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Address}/{PrefixLength}");

    private static IPAddress Masked(IPAddress address, int length)
    {
        var octets = address.GetAddressBytes();
        for (var i = 0; i < octets.Length; i++)
        {
            var kept = Math.Clamp(length - i * 8, 0, 8);
            octets[i] &= (byte)(0xFF << (8 - kept));
        }
        return new IPAddress(octets);
    }
}
