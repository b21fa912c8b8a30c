using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AdminPanel.Data.Recycling;

/// <summary>
/// A table whose rows go into the recycle bin with what they belong to. The list is read from the foreign keys of the
/// model: whatever a deletion would take along is put away, the tables of later versions included.
/// </summary>
/// <param name="Join">Which of its rows (t) belong to an item (r).</param>
/// <param name="IsShared">Its rows belong to something else, too, which may be gone when the item is restored.</param>
internal sealed record Belonging(string Table, IReadOnlyList<string> Columns, string Join, bool IsShared)
{
    // Whoever was signed in is not any more when the mailbox comes back, and no link works again.
    private static readonly IReadOnlyList<Type> GoesForEver = [typeof(PanelSession), typeof(MailLink)];

    private const string OfMailbox = "r.kind = 'mailbox'";
    private const string OfAlias = "r.kind IN ('alias', 'catch_all')";
    private const string OfDomain = "r.kind IN ('domain', 'alias_domain')";

    /// <summary>In the order to take them out: children before parents.</summary>
    public static IReadOnlyList<Belonging> All(IModel model) =>
    [
        // What belongs to the owner's account alone goes with that.
        .. Below(model, typeof(Account), $"(SELECT a.id FROM accounts a WHERE a.mailbox_id = r.owner_id) AND {OfMailbox}").Where(b => !b.IsShared),
        .. Below(model, typeof(Mailbox), $"r.owner_id AND {OfMailbox}"),
        .. Below(model, typeof(Alias), $"r.owner_id AND {OfAlias}"),
        // What has no foreign key, but the address.
        Of(model, typeof(SendAsGrant), "t.address = r.name AND r.address_id IS NOT NULL", isShared: true),
        Of(model, typeof(MailboxUsage), $"t.address = r.name AND {OfMailbox}"),
        Of(model, typeof(MailboxLogin), $"t.address = r.name AND {OfMailbox}"),
        .. Below(model, typeof(MailDomain), $"r.domain_id AND {OfDomain}"),
        .. Below(model, typeof(AddressEntry), "r.address_id"),
    ];

    /// <summary>The register's own row, which is put away only when its address is released.</summary>
    public static Belonging Register(IModel model) => Of(model, typeof(AddressEntry), "t.id = r.address_id");

    public string Name => $"`{Table}`";

    private static IEnumerable<Belonging> Below(IModel model, Type principal, string key) =>
        from dependent in model.GetEntityTypes()
        from foreignKey in dependent.GetForeignKeys()
        where foreignKey.PrincipalEntityType.ClrType == principal && foreignKey.DeleteBehavior == DeleteBehavior.Cascade && !GoesForEver.Contains(dependent.ClrType)
        orderby dependent.GetTableName()
        select Of(model, dependent.ClrType, $"t.{foreignKey.Properties[0].GetColumnName()} = {key}", dependent.GetForeignKeys().Count(f => f.DeleteBehavior == DeleteBehavior.Cascade) > 1);

    private static Belonging Of(IModel model, Type type, string join, bool isShared = false)
    {
        var entity = model.FindEntityType(type)!;
        return new Belonging(entity.GetTableName()!, [.. entity.GetProperties().Select(p => p.GetColumnName())], join, isShared);
    }
}
