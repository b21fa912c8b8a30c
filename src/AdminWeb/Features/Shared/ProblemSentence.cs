using System.Globalization;
using System.Resources;
using AdminPanel.Data;

namespace AdminPanel.Web.Features.Shared;

/// <summary>A problem as a sentence where there is no request whose language would choose it.</summary>
internal static class ProblemSentence
{
    private static readonly ResourceManager Sentences = new(typeof(ProblemText));

    public static string Of(Problem problem) =>
        Sentences.GetString(problem.Code, CultureInfo.CurrentUICulture) is { } sentence
            ? string.Format(CultureInfo.CurrentCulture, sentence, [.. problem.Args])
            : problem.Code;
}
