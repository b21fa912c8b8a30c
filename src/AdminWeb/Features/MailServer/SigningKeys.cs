using AdminPanel.Data;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.MailServer;

internal static class SigningKeys
{
    /// <summary>Keys that sign from the next apply on: active ones of a kind that the signer knows, apart from those of domains in the recycle bin.</summary>
    public static IQueryable<DkimKey> OfAll(AdminDb db, Signer signer)
    {
        List<DkimAlgorithm> known = [.. Enum.GetValues<DkimAlgorithm>().Where(algorithm => signer.Knows(algorithm))];
        return db.DkimKeys.Where(k => k.State == DkimKeyState.Active && k.Domain!.Kind != DomainKind.Recycled && known.Contains(k.Algorithm));
    }
}
