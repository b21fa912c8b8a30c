namespace AdminPanel.Web.Features.Dns.Spf;

/// <summary>Ends a check wherever in the nesting it is: an error of an included record is the whole record's (RFC 7208 section 5.2).</summary>
/// <param name="term">The term or the name at fault.</param>
public sealed class SpfStopException(SpfResult result, string? term) : Exception(term)
{
    public SpfResult Result { get; } = result;
}
