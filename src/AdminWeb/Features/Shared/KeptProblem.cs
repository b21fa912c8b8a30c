using System.Globalization;
using AdminPanel.Data;

namespace AdminPanel.Web.Features.Shared;

/// <summary>A <see cref="Problem"/> whose values are texts, so that it can be kept.</summary>
public sealed record KeptProblem(string Code, IReadOnlyList<string> Args)
{
    public static KeptProblem Of(Problem problem) => new(problem.Code, [.. problem.Args.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")]);

    public static KeptProblem Of(string code, params IEnumerable<object> args) => Of(new Problem("", code, [.. args]));

    public Problem ToProblem() => new("", Code, [.. Args]);

    public bool Equals(KeptProblem? other) => other is not null && Code == other.Code && Args.SequenceEqual(other.Args);

    public override int GetHashCode() => HashCode.Combine(Code, Args.Count);
}
