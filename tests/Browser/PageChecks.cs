using Microsoft.Playwright;

namespace AdminPanel.Tests.Browser;

/// <summary>What holds for every page, whatever it shows.</summary>
public static class PageChecks
{
    private const string Faults = """
        () => {
          const faults = [];
          const root = document.documentElement;
          if (root.scrollWidth > root.clientWidth) {
            const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 0.5).slice(0, 3);
            faults.push(`slides sideways: ${root.scrollWidth} > ${root.clientWidth} at ${wide.map(e => e.tagName + '.' + e.className).join(', ')}`);
          }
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`id twice: ${id}`);
          for (const e of document.querySelectorAll('[style], style, script:not([src])')) faults.push(`inline: ${e.outerHTML.slice(0, 80)}`);
          for (const e of document.querySelectorAll('[onclick], [onsubmit], [onchange]')) faults.push(`handler: ${e.outerHTML.slice(0, 80)}`);
          for (const e of document.querySelectorAll('form[method=post]')) {
            if (!e.querySelector('input[name=__RequestVerificationToken]')) faults.push(`no antiforgery: ${e.action}`);
          }
          for (const e of document.querySelectorAll('[aria-describedby], label[for], a[href^="#"]')) {
            for (const id of (e.getAttribute('aria-describedby') ?? e.getAttribute('for') ?? e.hash.slice(1)).split(' ')) {
              if (id && !document.getElementById(id)) faults.push(`points nowhere: ${id}`);
            }
          }
          if (document.querySelectorAll('h1').length !== 1) faults.push(`h1: ${document.querySelectorAll('h1').length}`);
          if (!document.title) faults.push('no title');
          if (/\[[A-Z]\w+\]|\{\d\}/.test(document.body.innerText)) faults.push('wording with a hole: ' + document.body.innerText.match(/.*(\[[A-Z]\w+\]|\{\d\}).*/)[0]);
          return faults;
        }
        """;

    // All of WCAG 2.2 A and AA that a program can judge, and axe's own good practice. Its style sheets are not loaded again: the policy would be asked for nothing.
    private const string Audit = """
        async () => {
          const audit = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'], preload: false });
          return audit.violations.flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id}: ${v.help}: ${n.html.slice(0, 120)} ${n.any.map(c => c.message).join('; ').slice(0, 160)}`));
        }
        """;

    private static readonly string Axe = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));

    /// <summary>What is wrong with the page as it stands; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page, bool script)
    {
        var faults = await page.EvaluateAsync<string[]>(Faults);
        if (!script) return faults;

        // Without the null the answer would be axe itself, which no wire can carry.
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync($"{Axe}; null");
        return [.. faults, .. await page.EvaluateAsync<string[]>(Audit)];
    }
}
