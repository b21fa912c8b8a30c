using AdminPanel.Data.Access;
using AdminPanel.Web.Features.SignIn;

namespace AdminPanel.Web.Features.Shared;

/// <summary>One entry of the rail.</summary>
public sealed record Place(string Name, string Path, string Icon, bool IsCurrent);

/// <summary>Entries under one heading; <paramref name="Title"/> is null for those above the headings.</summary>
public sealed record PlaceGroup(string? Title, IReadOnlyList<Place> Places);

/// <summary>Where somebody may go: the rail, and the menu of a phone.</summary>
public static class Places
{
    /// <summary>Whether a mailbox owner is signed in, who has a few places of the own.</summary>
    public static bool IsOwners(HttpContext context) => context.User.IsInRole(nameof(AccountKind.MailboxOwner));

    /// <summary>Whether the mailbox owner who is signed in may do this.</summary>
    /// <param name="right">One bit.</param>
    public static bool OwnerMay(HttpContext context, OwnerRights right) => Policies.May(context.User, right);

    /// <summary>Only what the signed-in person may open.</summary>
    public static IReadOnlyList<PlaceGroup> For(HttpContext context)
    {
        var path = context.Request.Path;
        // Below a domain the address says "/domains/name/mailboxes"; the place is the last word.
        var section = path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["domains", _, "mailboxes" or "aliases" or "alias-domains", ..] and [_, _, var last, ..] => $"/{last}",
            ["domain-templates", ..] => "/domains",
            _ => null,
        };

        Place At(string name, string target, string icon) =>
            new(name, target, icon, section is not null ? section == target : target == "/" ? path == "/" : path.StartsWithSegments(target, StringComparison.Ordinal));

        if (IsOwners(context))
        {
            // What the domain does not let owners do is not there.
            IReadOnlyList<Place> Granted(params ReadOnlySpan<(OwnerRights Right, Place Place)> places)
            {
                List<Place> granted = [];
                foreach (var (right, place) in places)
                {
                    if (OwnerMay(context, right)) granted.Add(place);
                }
                return granted;
            }

            PlaceGroup mailbox = new(null, Granted(
                (OwnerRights.Panel, new("OwnMailbox", "/me", "inbox", path == "/me")), (OwnerRights.Forward, At("OwnForward", "/me/forward", "arrow-right")),
                (OwnerRights.Filters, At("OwnFilters", "/me/filters", "funnel")), (OwnerRights.Vacation, At("OwnVacation", "/me/vacation", "reply")),
                (OwnerRights.Aliases, At("OwnAliases", "/me/aliases", "shuffle")), (OwnerRights.DeviceSetup, At("OwnDevices", "/me/devices", "hdd-network")), (OwnerRights.Panel, At("OwnSignIns", "/me/sign-ins", "journal-check"))));
            PlaceGroup security = new("GroupSecurity", Granted(
                (OwnerRights.Password, At("Password", "/me/password", "asterisk")), (OwnerRights.AppPasswords, At("AppPasswords", "/me/app-passwords", "grid-3x3-gap")),
                (OwnerRights.SecondFactor, At("SecondFactor", "/account/second-factor", "shield-lock")), (OwnerRights.Recovery, At("OwnRecovery", "/me/recovery", "key"))));
            return security.Places.Count == 0 ? [mailbox] : [mailbox, security];
        }

        List<PlaceGroup> groups =
        [
            new(null, [At("Overview", "/", "speedometer2")]),
            new("GroupMail",
            [
                At("Domains", "/domains", "globe2"),
                At("Mailboxes", "/mailboxes", "inbox"),
                At("Aliases", "/aliases", "shuffle"),
                At("AliasDomains", "/alias-domains", "collection"),
                At("RelayDomains", "/relay-domains", "arrow-left-right"),
                At("Explain", "/explain", "signpost-split"),
                At("Jobs", "/jobs", "list-task"),
                At("RecycleBin", "/recycle-bin", "recycle"),
            ]),
        ];
        var audit = At("Audit", "/audit", "journal-check");
        groups.Add(new("GroupPeople", context.User.IsInRole(nameof(AccountKind.Superadmin)) ? [At("Admins", "/admins", "person-badge"), audit] : [audit]));
        if (context.User.IsInRole(nameof(AccountKind.Superadmin))) groups.Add(new("GroupServer", [At("MailServer", "/mail-server", "hdd-network")]));
        return groups;
    }
}
