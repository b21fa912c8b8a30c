using System.Net;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Who acts in this request, as operations and scopes want it.</summary>
public static class ActorExtensions
{
    /// <summary>The signed-in account, as its row was when this request began.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in: the page lacks its policy.</exception>
    public static Actor Actor(this HttpContext context)
    {
        var account = context.SignedIn().Account;
        return new Actor(account.Id, account.Name, account.Kind, context.Source(), context.TraceIdentifier) { MailboxId = account.MailboxId };
    }

    /// <summary>Somebody who has not signed in: sees nothing, and is written down with the address they come from.</summary>
    public static Actor Visitor(this HttpContext context) =>
        new(null, "anonymous", AccountKind.DomainAdmin, context.Source(), context.TraceIdentifier);

    /// <summary>The number of the session that this request belongs to.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public static long SessionId(this HttpContext context) => context.SignedIn().SessionId;

    /// <summary>The account that is signed in, as its row was when this request began.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    internal static Account Account(this HttpContext context) => context.SignedIn().Account;

    internal static void SetSignedIn(this HttpContext context, Account account, long sessionId) => context.Features.Set(new SignedInAccount(account, sessionId));

    private static SignedInAccount SignedIn(this HttpContext context) =>
        context.Features.Get<SignedInAccount>() ?? throw new InvalidOperationException("Nobody is signed in. A page that acts names its policy.");

    private static string? Source(this HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return null;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();

        // Without the zone of a link-local address, which names an interface of this machine.
        return (address.ScopeIdOrNull() is null ? address : new IPAddress(address.GetAddressBytes())).ToString();
    }

    private static long? ScopeIdOrNull(this IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? address.ScopeId : null;

    private sealed record SignedInAccount(Account Account, long SessionId);
}
