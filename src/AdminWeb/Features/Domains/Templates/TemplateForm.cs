using System.Text.Json;
using AdminPanel.Data.Access;

namespace AdminPanel.Web.Features.Domains.Templates;

/// <summary>What a template holds, as it is stored: the texts as they were typed. A field that is added later is empty in an older template.</summary>
public sealed record TemplateForm : TemplateInput
{
    /// <summary>A template from before there were rights, and one that nobody has filled in, grants what a domain without a template does.</summary>
    public TemplateForm() => Rights = OwnerRights.Usual.Words();

    public static TemplateForm Read(string json) => JsonSerializer.Deserialize<TemplateForm>(json)!;

    public string Write() => JsonSerializer.Serialize(this);
}
