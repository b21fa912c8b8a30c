using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Model;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>Makes a new setup link; the one before it stops working. Refused once there is a superadmin.</summary>
public sealed class IssueSetupLink(AdminDb db)
{
    public Task<Outcome<SetupLink>> RunAsync(Actor actor, CancellationToken ct) => db.InTransactionAsync(
        async token =>
        {
            if (await db.HasSuperadminAsync(token)) return Outcome.Refused<SetupLink>(new Problem("", "SuperadminExists"));

            var link = SetupLink.New(db.UtcNow);
            await db.SetupTokens.ExecuteDeleteAsync(token);
            db.SetupTokens.Add(new SetupToken { Digest = SetupLink.Digest(link.Token), ExpiresAt = link.ExpiresAt });
            db.Audit(actor, "setup.link", "first superadmin", after: new { link.ExpiresAt });
            return Outcome.Done(link);
        },
        duplicate: null,
        ct);
}
