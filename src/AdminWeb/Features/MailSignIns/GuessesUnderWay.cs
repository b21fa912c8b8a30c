namespace AdminPanel.Web.Features.MailSignIns;

/// <summary>
/// Passwords that are being tried this moment, of which nobody knows yet whether they are wrong: whoever opens a thousand
/// connections at once has no thousand guesses.
/// </summary>
public sealed class GuessesUnderWay(TimeProvider clock)
{
    /// <summary>How long one counts whose end nobody tells. Wrong ones count in the database by then.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Buckets, after which those are cleared away that nobody asks for.</summary>
    private const int Many = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Dictionary<string, long>> begun = new(StringComparer.Ordinal);

    /// <summary>Takes a place among the guesses of a bucket.</summary>
    /// <param name="counted">The wrong ones that the database knows.</param>
    /// <param name="most">How many there may be, with this one.</param>
    /// <returns>False where there is none left.</returns>
    public bool TryBegin(string bucket, string guess, IReadOnlySet<string> counted, int most)
    {
        lock (gate)
        {
            if (begun.Count > Many) Sweep();
            if (!begun.TryGetValue(bucket, out var guesses)) begun[bucket] = guesses = new(StringComparer.Ordinal);
            foreach (var old in guesses.Where(g => clock.GetElapsedTime(g.Value) > Longest).Select(g => g.Key).ToList()) guesses.Remove(old);
            if (guesses.Keys.Union(counted).Count(g => g != guess) >= most) return false;

            guesses[guess] = clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>It was the right one.</summary>
    public void End(string bucket, string guess)
    {
        lock (gate)
        {
            if (begun.TryGetValue(bucket, out var guesses) && guesses.Remove(guess) && guesses.Count == 0) begun.Remove(bucket);
        }
    }

    private void Sweep()
    {
        foreach (var (bucket, guesses) in begun.ToList())
        {
            if (guesses.Values.All(at => clock.GetElapsedTime(at) > Longest)) begun.Remove(bucket);
        }
    }
}
