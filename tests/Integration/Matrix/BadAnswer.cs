using System.Globalization;
using System.Net;
using System.Resources;
using System.Text.RegularExpressions;
using AdminPanel.Tests.Integration.Web;
using AdminPanel.Web.Features.Shared;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>What a form that holds one wrong value was answered, in the words of bad-input.txt, and what is wrong with that answer.</summary>
internal sealed class BadAnswer
{
    /// <summary>More sentences at one field than anybody reads.</summary>
    private const int MostSentences = 20;

    private static readonly IReadOnlyList<(string Code, Regex Sentence)> Sentences = [.. Of(typeof(ProblemText)), .. Of(typeof(SharedText)).Where(s => s.Code == "SomeoneChangedIt")];

    private readonly List<string> faults = [];

    private BadAnswer(string seen) => Seen = seen;

    /// <summary>"goes-on", a status, "page" for a page without a problem, or the codes of its problems.</summary>
    public string Seen { get; private set; }

    public IReadOnlyList<string> Faults => faults;

    /// <param name="field">The one with the wrong value.</param>
    /// <param name="expected">Which codes decide where two have the same sentence.</param>
    public static BadAnswer To(Answer answer, string target, SentForm sent, string field, string expected)
    {
        var outcome = new BadAnswer(MatrixVisitor.Outcome(answer));
        if (answer.Status != HttpStatusCode.OK) return outcome;

        var forms = SentForm.Of(answer, sent.Action, target).Where(f => SentForm.Names(f).Contains(field)).ToList();
        outcome.ReadProblems(answer, field, expected);
        if (outcome.Seen == "page") return outcome;

        if (!answer.Page.Title!.StartsWith("Error:", StringComparison.Ordinal)) outcome.faults.Add($"the title does not begin with \"Error:\" but is \"{answer.Page.Title}\"");
        if (forms is [var form]) outcome.CompareTyped(form, sent, field);
        else if (!outcome.Seen.EndsWith("@gone", StringComparison.Ordinal)) outcome.faults.Add($"{forms.Count} forms came back");
        return outcome;
    }

    private void ReadProblems(Answer answer, string field, string expected)
    {
        var page = answer.Page;
        var codes = new List<string>();
        foreach (var line in page.QuerySelectorAll(".problems li"))
        {
            var sentence = line.TextContent.Trim();
            var code = Code(sentence, expected);
            if (line.QuerySelector("a") is not { } link) codes.Add($"{code}@");
            else
            {
                var at = link.GetAttribute("href")!.TrimStart('#');
                codes.Add(at == Id(field) ? code : $"{code}@{at}");
                CheckTied(page, at, sentence);
            }
        }
        Seen = codes.Count == 0 ? "page" : string.Join(',', codes.Distinct(StringComparer.Ordinal));
        if (codes.Count > MostSentences) faults.Add($"{codes.Count} sentences");
        if (codes.Count == 0 && page.QuerySelector(".field-error") is not null) faults.Add("a field has a problem that the summary does not name");
    }

    /// <summary>The summary leads to something that is there, is marked as wrong, and is described by the same sentence.</summary>
    private void CheckTied(IDocument page, string id, string sentence)
    {
        var control = page.GetElementById(id);
        if (control is null) faults.Add($"the summary leads to #{id}, which is not there");
        else if (page.GetElementById($"{id}-error") is not { } box || !box.TextContent.Contains(sentence, StringComparison.Ordinal)) faults.Add($"#{id}-error does not say: {sentence}");
        else if (!(control.GetAttribute("aria-describedby") ?? "").Split(' ').Contains($"{id}-error")) faults.Add($"#{id} is not described by #{id}-error");
        // A group is described; ARIA has no wrong groups.
        else if (control is not IHtmlFieldSetElement && control.GetAttribute("aria-invalid") != "true") faults.Add($"#{id} is not aria-invalid");
    }

    /// <summary>Everything that was typed is there again, passwords and private keys apart.</summary>
    private void CompareTyped(IHtmlFormElement form, SentForm sent, string field)
    {
        foreach (var control in form.QuerySelectorAll("[name]"))
        {
            var name = control.GetAttribute("name")!;
            var typed = sent.Fields.Where(f => f.Name == name).Select(f => f.Value).ToList();
            var fault = control switch
            {
                // What was chosen and is not offered cannot be shown.
                IHtmlSelectElement or IHtmlInputElement { Type: "radio" } when name == field => null,
                IHtmlInputElement { Type: "hidden" or "file" or "submit" } or IHtmlButtonElement => null,
                IHtmlInputElement { Type: "password" } password => string.IsNullOrEmpty(password.Value) ? null : "shows a password",
                IHtmlTextAreaElement area when area.HasAttribute("data-secret") => area.Value.Length == 0 ? null : "shows a secret",
                IHtmlInputElement { Type: "checkbox" or "radio" } box => name == field || box.IsChecked == (typed is ["true", ..] ? box.Value == "true" : typed.Contains(box.Value)) ? null : $"{box.Value} is {(box.IsChecked ? "ticked" : "not ticked")}",
                _ => Kept(control, name == field && typed.Count == 0 ? null : typed.FirstOrDefault() ?? ""),
            };
            if (fault is not null) faults.Add($"{name} {fault}");
        }
    }

    // A parser shows NUL as U+FFFD; octets that are no UTF-8 come back as whatever they were read as.
    private static string? Kept(IElement control, string? typed)
    {
        var value = control switch
        {
            IHtmlTextAreaElement area => area.Value,
            IHtmlSelectElement select => select.Value,
            _ => control.GetAttribute("value"),
        } ?? "";
        if (typed is null || value.ReplaceLineEndings("\n").StartsWith(typed.ReplaceLineEndings("\n").Replace('\0', '\uFFFD'), StringComparison.Ordinal)) return null;

        return $"was \"{Short(typed)}\" and came back as \"{Short(value)}\"";
    }

    private static string Code(string sentence, string expected)
    {
        var matching = Sentences.Where(s => s.Sentence.IsMatch(sentence)).Select(s => s.Code).ToList();
        var wanted = expected.Split(',').Select(e => e.Split('@')[0]).ToList();
        return matching.Find(wanted.Contains) ?? matching.FirstOrDefault() ?? $"\"{Short(sentence)}\"";
    }

    private static string Id(string name) => FieldTagHelper.IdOf(name);

    private static string Short(string text) => text.Length <= 80 ? text : $"{text[..80]}… ({text.Length})";

    private static IEnumerable<(string Code, Regex Sentence)> Of(Type texts)
    {
        foreach (System.Collections.DictionaryEntry entry in new ResourceManager(texts).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!)
        {
            var pattern = Regex.Replace(Regex.Escape((string)entry.Value!), @"\\\{\d\}", ".*").Replace(@"\{\{", @"\{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
            yield return ((string)entry.Key, new Regex($"^{pattern}$", RegexOptions.Singleline | RegexOptions.CultureInvariant));
        }
    }
}
