using System.Text.Json;

namespace AdminPanel.Web.Features.Domains.Templates;

/// <summary>The form of a new domain without its name, as a template keeps it: the texts as they were typed. A field that is added later is empty in an older template.</summary>
public sealed record TemplateForm : NewDomainInput
{
    public static TemplateForm Read(string json) => JsonSerializer.Deserialize<TemplateForm>(json)!;

    public string Write() => JsonSerializer.Serialize(this);
}
