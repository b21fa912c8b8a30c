using AdminPanel.Data;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.MailServer;

internal static class SigningKeys
{
    /// <summary>Keys that sign from the next apply on: active ones, apart from those of domains in the recycle bin.</summary>
    public static IQueryable<DkimKey> OfAll(AdminDb db) => db.DkimKeys.Where(k => k.State == DkimKeyState.Active && k.Domain!.Kind != DomainKind.Recycled);
}
