using System.Text;
using AdminPanel.Data.Access;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AdminPanel.Web.Features.Import;

/// <summary>Takes a CSV file, pasted or uploaded. It holds passwords, so it never touches the disk on its way.</summary>
[Authorize(Policy = Policies.Admin)]
[RequestFormLimits(ValueLengthLimit = MaxRequest, MultipartBodyLengthLimit = MaxRequest, MemoryBufferThreshold = MaxRequest)]
[RequestSizeLimit(MaxRequest)]
public sealed class IndexModel(UploadImport uploadImport, DomainRows domains) : PageModel
{
    // More than is taken, so that a file that is a little too large gets its sentence.
    private const int MaxRequest = 3 * CsvRecords.MaxOctets;

    /// <summary>What somebody pasted.</summary>
    [BindProperty]
    public string? Text { get; set; }

    /// <summary>Or a file, which goes first.</summary>
    [BindProperty]
    public IFormFile? Upload { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await MayAddAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        var input = Upload is { Length: > 0 } file
            ? new UploadImport.Input { File = await OctetsAsync(file, ct), Field = nameof(Upload) }
            : new UploadImport.Input { File = Encoding.UTF8.GetBytes(Text ?? ""), Field = nameof(Text) };
        return (await uploadImport.RunAsync(input, HttpContext.Actor(), ct)).Match<IActionResult>(
            id => RedirectToPage("Show", new { id }),
            problems => this.Refused(problems, prefix: ""),
            _ => NotFound(),
            NotFound);
    }

    private static async Task<byte[]> OctetsAsync(IFormFile file, CancellationToken ct)
    {
        using var octets = new MemoryStream((int)file.Length);
        await file.CopyToAsync(octets, ct);
        return octets.ToArray();
    }

    private Task<bool> MayAddAsync(CancellationToken ct) => domains.AnyAsync(HttpContext.Actor(), DomainPermissions.Mailboxes, ct);
}
