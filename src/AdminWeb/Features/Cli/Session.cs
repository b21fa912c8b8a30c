using AdminPanel.Data;
using AdminPanel.Data.Access;

namespace AdminPanel.Web.Features.Cli;

/// <summary>What a verb works with: the panel's services, the actor, and where it says what it did.</summary>
internal sealed record Session(IServiceProvider Services, Actor Actor, Output Output)
{
    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Says how an operation ended, as exit status and sentence.</summary>
    /// <param name="what">The name people use for the object, for "there is no ...".</param>
    public int Answer<T>(Outcome<T> outcome, string what, Func<T, int> done) => outcome.Match(
        done,
        Output.Refused,
        _ => Output.Failed(ExitStatus.Refused, $"Somebody else changed {what} at the same moment. Nothing was changed here; run the command again."),
        () => NotFound(what));

    public int NotFound(string what) => Output.Failed(ExitStatus.Refused, $"There is no {what}.");
}
