using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.SelfService;

/// <summary>All that the panel knows about the owner, as one JSON document.</summary>
[Authorize(Policy = Policies.Owner)]
public sealed class ExportModel(ExportOwnData export) : PageModel
{
    // A file to read, not a page: letters of all languages stand as they are.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => (await export.RunAsync(HttpContext.Actor(), ct)).Match<IActionResult>(
        data => File(JsonSerializer.SerializeToUtf8Bytes(data, Readable), "application/json", "mailbox.json"),
        _ => NotFound(),
        _ => NotFound(),
        NotFound);
}
