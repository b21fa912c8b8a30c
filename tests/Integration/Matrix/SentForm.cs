using System.Text;
using AdminPanel.Tests.Integration.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AdminPanel.Tests.Integration.Matrix;

/// <summary>A form as it stands in a page, with what a browser would send of it.</summary>
internal sealed record SentForm(string Action, bool IsMultipart, IReadOnlyList<(string Name, string Value)> Fields)
{
    // 0xC3 begins a sequence of two octets, and "(" is no second one.
    private static readonly byte[] Broken = [0xC3, (byte)'('];

    /// <summary>The forms of a page that are sent to a handler, the nearest first.</summary>
    public static IEnumerable<IHtmlFormElement> Of(Answer page, string pagePath, string target) =>
        page.Page.QuerySelectorAll<IHtmlFormElement>("form[method=post]").Where(f => Target(f, pagePath) == target);

    /// <summary>Path and handler that a form is sent to.</summary>
    public static string Target(IElement form, string pagePath)
    {
        var uri = new Uri(new Uri("http://panel" + pagePath), form.GetAttribute("action") is { Length: > 0 } action ? action : pagePath);
        var handler = uri.Query.TrimStart('?').Split('&').FirstOrDefault(p => p.StartsWith("handler=", StringComparison.Ordinal));
        return Uri.UnescapeDataString(uri.AbsolutePath) + (handler is null ? "" : "?" + handler);
    }

    /// <summary>Names of what it sends, the token apart.</summary>
    public static IEnumerable<string> Names(IElement form) =>
        form.QuerySelectorAll("[name]").Select(c => c.GetAttribute("name")!).Where(n => n != MatrixVisitor.TokenField).Distinct(StringComparer.Ordinal);

    public static SentForm Read(IHtmlFormElement form, string pagePath, IEnumerable<(string Name, string Value)> typed)
    {
        var over = typed.ToList();
        var standing = form.QuerySelectorAll("[name]").Where(c => over.All(o => o.Name != c.GetAttribute("name"))).SelectMany(Browser.Sent).Where(f => f.Name != MatrixVisitor.TokenField);
        return new SentForm(form.GetAttribute("action") is { Length: > 0 } action ? action : pagePath, form.GetAttribute("enctype") == "multipart/form-data", [.. standing, .. over]);
    }

    /// <summary>The same with another value, or none, for one field; it stays where it stood.</summary>
    public SentForm With(string name, params string[] values)
    {
        var at = Fields.ToList().FindIndex(f => f.Name == name);
        var others = Fields.Where(f => f.Name != name).ToList();
        others.InsertRange(at < 0 ? others.Count : Fields.Take(at).Count(f => f.Name != name), values.Select(v => (name, v)));
        return this with { Fields = others };
    }

    public string Value(string name) => Fields.FirstOrDefault(f => f.Name == name).Value ?? "";

    /// <param name="broken">A field whose value ends in octets that are not UTF-8.</param>
    public HttpContent Content(string token, string? broken)
    {
        IReadOnlyList<(string Name, string Value)> all = [.. Fields, (MatrixVisitor.TokenField, token)];
        if (!IsMultipart)
            return new StringContent(string.Join('&', all.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}{(f.Name == broken ? "%C3%28" : "")}")), Encoding.UTF8, "application/x-www-form-urlencoded");

        var content = new MultipartFormDataContent();
        foreach (var (name, value) in all)
        {
            byte[] octets = [.. Encoding.UTF8.GetBytes(value), .. name == broken ? Broken : []];
            if (name == "Upload") content.Add(new ByteArrayContent(octets), name, "mailboxes.csv");
            else content.Add(new ByteArrayContent(octets), name);
        }
        return content;
    }
}
