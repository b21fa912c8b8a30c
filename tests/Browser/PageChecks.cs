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
          for (const e of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
            if (!e.labels?.length && !e.getAttribute('aria-label')) faults.push(`no label: ${e.outerHTML.slice(0, 80)}`);
          }
          for (const e of document.querySelectorAll('a, button, summary')) {
            if (!e.textContent.trim() && !e.getAttribute('aria-label')) faults.push(`no name: ${e.outerHTML.slice(0, 80)}`);
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

    // WCAG 2.1 success criterion 1.4.3: 4.5 to 1 for text, 3 to 1 for large text.
    private const string Contrast = """
        () => {
          const parse = c => (c.match(/[\d.]+/g) ?? []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ground = e => {
            for (; e; e = e.parentElement) {
              const c = parse(getComputedStyle(e).backgroundColor);
              if (c.length === 3 || c[3] === 1) return c;
            }
            return parse(getComputedStyle(document.documentElement).backgroundColor);
          };
          const faults = new Set();
          for (const e of document.querySelectorAll('body *')) {
            const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
            const box = e.getBoundingClientRect();
            if (!own || !box.width || e.closest('.skip, .visually-hidden') || !e.checkVisibility()) continue;
            const style = getComputedStyle(e);
            const [a, b] = [light(parse(style.color)), light(ground(e))].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            const large = parseFloat(style.fontSize) >= 24;
            if (ratio < (large ? 3 : 4.5)) faults.add(`contrast ${ratio.toFixed(2)}: ${e.tagName}.${e.className} "${e.textContent.trim().slice(0, 30)}"`);
          }
          return [...faults];
        }
        """;

    /// <summary>What is wrong with the page as it stands; empty when nothing is.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page) =>
        [.. await page.EvaluateAsync<string[]>(Faults), .. await page.EvaluateAsync<string[]>(Contrast)];
}
