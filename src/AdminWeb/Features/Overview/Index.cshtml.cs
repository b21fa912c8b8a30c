using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Audit;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Overview;

/// <summary>The start of an admin: what needs attention, how much there is, how it grew, and what was changed last.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class IndexModel(OverviewRows overview, AuditRows audit, TimeProvider clock) : PageModel
{
    private const int LatestChanges = 8;

    public OverviewFigures Figures { get; private set; } = null!;

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<DayFigures> Days { get; private set; } = [];

    public IReadOnlyList<AuditRow> Latest { get; private set; } = [];

    public bool MaySeeAll { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (actor.MailboxId is not null) return Redirect("/me");

        MaySeeAll = actor.IsSuperadmin;
        Figures = await overview.FiguresAsync(actor, ct);
        Days = await overview.DaysAsync(actor, ct);
        Latest = await audit.LatestAsync(LatestChanges, actor, ct);
        return Page();
    }

    /// <summary>The list that shows what a line counts.</summary>
    public string? Link(Attention what) => what switch
    {
        Attention.FailedJobs => Url.Page("/Jobs/Index", new { state = "failed" }),
        Attention.RunningJobs => Url.Page("/Jobs/Index", new { state = "running" }),
        Attention.NearlyFull => Url.Page("/Mailboxes/Index", new { only = "nearly-full", sort = "-used" }),
        Attention.OverPool => Url.Page("/Domains/Index", new { only = "over-pool" }),
        Attention.DnsWrong => Url.Page("/Domains/Index", new { only = "dns-wrong" }),
        Attention.AliasDnsWrong => Url.Page("/AliasDomains/Index", new { only = "dns-wrong" }),
        Attention.DkimWaiting => Url.Page("/Domains/Index", new { only = "dkim-waiting" }),
        Attention.AliasDkimWaiting => Url.Page("/AliasDomains/Index", new { only = "dkim-waiting" }),
        Attention.DkimRetired => Url.Page("/Domains/Index", new { only = "dkim-retired" }),
        Attention.AliasDkimRetired => Url.Page("/AliasDomains/Index", new { only = "dkim-retired" }),
        Attention.RefusedSignIns => Url.Page("/Mailboxes/Index", new { only = "refused" }),
        Attention.RefusedAdmins => Url.Page("/Audit/Index", new { action = "account.sign-in-refused", from = clock.GetUtcNow().AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }),
        Attention.WelcomesRefused => Url.Page("/Mailboxes/Index", new { only = "welcome-refused" }),
        Attention.PasswordsEnding => Url.Page("/Mailboxes/Index", new { only = "password-ending" }),
        Attention.MailboxesEnding => Url.Page("/Mailboxes/Index", new { only = "ending" }),
        Attention.AliasesEnding => Url.Page("/Aliases/Index", new { only = "ending" }),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };
}
