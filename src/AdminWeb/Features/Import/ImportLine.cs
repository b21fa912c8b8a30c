using System.Globalization;
using AdminPanel.Data;

namespace AdminPanel.Web.Features.Import;

/// <summary>One mailbox as a file has it: texts, none of them read yet.</summary>
/// <param name="Number">Of the line it begins on, from 1.</param>
/// <param name="Fault">Why the line itself cannot be read; null where it can.</param>
public sealed record ImportLine(
    int Number, string Address, string? Name = null, string? Password = null, string? PasswordHash = null, string? Quota = null, string? Active = null, string? Forwards = null,
    ImportProblem? Fault = null)
{
    /// <summary>Whether its password is to be made by the panel.</summary>
    public bool NeedsPassword => string.IsNullOrEmpty(Password) && string.IsNullOrEmpty(PasswordHash);
}

/// <summary>A <see cref="Problem"/> whose values are texts, so that it can be kept.</summary>
public sealed record ImportProblem(string Code, IReadOnlyList<string> Args)
{
    public static ImportProblem Of(Problem problem) => new(problem.Code, [.. problem.Args.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")]);

    public static ImportProblem Of(string code, params IEnumerable<object> args) => Of(new Problem("", code, [.. args]));

    public Problem ToProblem() => new("", Code, [.. Args]);

    public bool Equals(ImportProblem? other) => other is not null && Code == other.Code && Args.SequenceEqual(other.Args);

    public override int GetHashCode() => HashCode.Combine(Code, Args.Count);
}

/// <summary>A line, and what is wrong with it; it is added where nothing is.</summary>
public sealed record PlannedLine(ImportLine Line, IReadOnlyList<ImportProblem> Problems)
{
    public bool IsAdded => Problems.Count == 0;
}
