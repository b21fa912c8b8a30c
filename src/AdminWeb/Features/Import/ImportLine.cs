using AdminPanel.Web.Features.Shared;

namespace AdminPanel.Web.Features.Import;

/// <summary>One mailbox as a file has it: texts, none of them read yet.</summary>
/// <param name="Number">Of the line it begins on, from 1.</param>
/// <param name="Fault">Why the line itself cannot be read; null where it can.</param>
public sealed record ImportLine(
    int Number, string Address, string? Name = null, string? Password = null, string? PasswordHash = null, string? Quota = null, string? Active = null, string? Forwards = null,
    KeptProblem? Fault = null)
{
    /// <summary>Whether its password is to be made by the panel.</summary>
    public bool NeedsPassword => string.IsNullOrEmpty(Password) && string.IsNullOrEmpty(PasswordHash);
}

/// <summary>A line, and what is wrong with it; it is added where nothing is.</summary>
public sealed record PlannedLine(ImportLine Line, IReadOnlyList<KeptProblem> Problems)
{
    public bool IsAdded => Problems.Count == 0;
}
