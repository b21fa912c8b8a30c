using AdminPanel.Data;

namespace AdminPanel.Web.Features.Shared;

/// <summary>A stored size as the text a form starts with, in the unit it was chosen in.</summary>
public static class SizeInput
{
    public static string? Of(long? bytes) => bytes is { } some ? new ByteSize(some).ToString() : null;
}
