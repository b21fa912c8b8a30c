namespace AdminPanel.Data;

/// <summary>What an operation answers. Expected refusals are values; exceptions are for missing tools, broken configuration and bugs.</summary>
public abstract record Outcome<T>
{
    private Outcome() { }

    /// <summary>Done and committed.</summary>
    public sealed record Done(T Value) : Outcome<T>;

    /// <summary>Nothing changed; each problem names a field and a repair.</summary>
    public sealed record Refused(IReadOnlyList<Problem> Problems) : Outcome<T>;

    /// <summary>Somebody else changed the object first; nothing changed. <paramref name="Version"/> is the one stored now.</summary>
    public sealed record Conflict(long Version) : Outcome<T>;

    /// <summary>It does not exist, or the actor may not know that it does.</summary>
    public sealed record NotFound : Outcome<T>;

    /// <summary>The same end of another operation, which did not get as far as a value of its own.</summary>
    /// <exception cref="InvalidOperationException">It was done.</exception>
    public Outcome<TOther> As<TOther>() => Match(
        _ => throw new InvalidOperationException("What was done has a value."), Outcome.Refused<TOther>, Outcome.Conflict<TOther>, Outcome.NotFound<TOther>);

    public TResult Match<TResult>(
        Func<T, TResult> done,
        Func<IReadOnlyList<Problem>, TResult> refused,
        Func<long, TResult> conflict,
        Func<TResult> notFound) => this switch
        {
            Done d => done(d.Value),
            Refused r => refused(r.Problems),
            Conflict c => conflict(c.Version),
            NotFound => notFound(),
            _ => throw new InvalidOperationException("The four cases are all there are: the constructor is private."),
        };
}

/// <summary>Short names for making an <see cref="Outcome{T}"/>.</summary>
public static class Outcome
{
    public static Outcome<T> Done<T>(T value) => new Outcome<T>.Done(value);

    public static Outcome<T> Refused<T>(params IReadOnlyList<Problem> problems) => new Outcome<T>.Refused(problems);

    public static Outcome<T> Conflict<T>(long version) => new Outcome<T>.Conflict(version);

    public static Outcome<T> NotFound<T>() => new Outcome<T>.NotFound();
}
