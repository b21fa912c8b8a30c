using AdminPanel.Data;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.MailServer.Settings;

/// <summary>What the mail server's configuration is rendered from: what the panel decides as a form, what the host decides to read.</summary>
[Authorize(Policy = Policies.Superadmin)]
public sealed class IndexModel(SettingRows settings, ChangeSettings change, IStringLocalizer<MailServerText> words, IStringLocalizer<ProblemText> problems) : PageModel
{
    /// <summary>Their order on the page.</summary>
    public static readonly IReadOnlyList<SettingGroup> Groups = Enum.GetValues<SettingGroup>();

    [BindProperty]
    public SettingsForm Input { get; set; } = new();

    public SettingsNow Now { get; private set; } = null!;

    /// <summary>Both versions after somebody else saved first; null otherwise.</summary>
    public StaleForm? Stale { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Input = SettingsForm.Of(Now);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!await LoadAsync(ct)) return NotFound();

        Input = this.Merged(Input, SettingsForm.Of(Now));
        var typed = Input.Typed(field => Request.Form.ContainsKey($"{nameof(Input)}.{field}"));
        var outcome = await change.RunAsync(new() { Version = Input.Version, Values = typed }, HttpContext.Actor(), ct);
        if (outcome is Outcome<SettingsChanged>.Conflict && await LoadAsync(ct)) Stale = await this.StaleAsync(Input, SettingsForm.Of(Now), "settings", ChangeSettings.Subject, ct);
        return outcome.Match(
            saved => this.Saved(words[saved.Changed.Count == 0 ? "NothingChanged" : "Saved"], "", null, Url.Page("Index")!),
            reasons => this.Refused([.. reasons.Select(AtField)]),
            version =>
            {
                Input = Input with { Version = version };
                return this.Conflict();
            },
            () => NotFound());
    }

    /// <summary>Of a group, those that stand in the form, or those that are shown below it.</summary>
    public IEnumerable<SettingRow> Rows(SettingGroup group, bool ofPanel) =>
        Now.Rows.Where(r => r.Setting.Group == group && r.Setting.Source == SettingSource.Panel == ofPanel);

    /// <summary>Why the last apply changed nothing.</summary>
    public string Sentence(KeptProblem reason) => problems[reason.Code, [.. reason.Args]];

    // A key says nothing on a page: its sentences name the field as the form does.
    private Problem AtField(Problem problem) => new(
        SettingsForm.FieldOf(problem.Field), problem.Code, [.. problem.Args.Select(a => a is string key && key == problem.Field ? words[key].Value : a)]);

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await settings.ReadAsync(HttpContext.Actor(), ct) is not { } now) return false;

        Now = now;
        return true;
    }
}
