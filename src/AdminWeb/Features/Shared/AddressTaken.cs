using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Which sentence says that an address has an owner.</summary>
internal static class AddressTaken
{
    public static string Code(AddressKind owner) => owner switch
    {
        AddressKind.Mailbox => "AddressTakenByMailbox",
        AddressKind.CatchAll => "CatchAllExists",
        AddressKind.Recycled => "AddressInBin",
        _ => "AddressTakenByAlias",
    };
}
