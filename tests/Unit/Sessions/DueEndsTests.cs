using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Sessions;
using Xunit;

namespace AdminPanel.Tests.Unit.Sessions;

public sealed class DueEndsTests
{
    private readonly Clock clock = new();

    /// <summary>Somebody signs in with the old password in the moment it is changed: the session is there only after the first look.</summary>
    [Fact]
    public void Sessions_are_ended_at_once_and_again_two_and_ten_seconds_later()
    {
        var ends = new DueEnds(clock);
        ends.Add([Mask("bob@example.org")]);

        var seen = new List<int>();
        for (var second = 0; second <= 20; second++, clock.Seconds++)
        {
            var due = ends.Now();
            if (due.Count > 0) seen.Add(second);
            ends.Done(due);
        }

        Assert.Equal([0, 2, 10], seen);
    }

    [Fact]
    public void What_could_not_be_done_stays_due()
    {
        var ends = new DueEnds(clock);
        ends.Add([Mask("bob@example.org")]);
        Assert.Single(ends.Now());
        clock.Seconds = 60;

        var due = ends.Now();

        Assert.Equal(3, due.Count);
        ends.Done(due);
        Assert.Empty(ends.Now());
    }

    [Theory]
    [InlineData("bob@example.org", "", "")]
    [InlineData("bob@example.org", "ann@example.org", "")]
    [InlineData("bob@example.org", "ann@example.org bob@example.org bob@example.org", "bob@example.org")]
    [InlineData("*@example.org", "ann@example.org eve@other.example", "*@example.org")]
    [InlineData("*@other.example", "ann@example.org", "")]
    [InlineData("bob@example.org *@example.org", "bob@example.org", "*@example.org")]
    [InlineData("ann@example.org bob@example.org", "ann@example.org bob@example.org eve@example.org", "ann@example.org bob@example.org")]
    [InlineData("-f@example.org", "-f@example.org", "-f@example.org")]
    [InlineData("bob@example.org", "* bob@sub.example.org bob", "")]
    public void Only_who_has_a_session_is_ended_and_nobody_else(string due, string users, string ended)
    {
        Assert.Equal(ended, Ended(due, users));
    }

    /// <summary>20,000 mailboxes that are stopped at once are not 20,000 programs.</summary>
    [Fact]
    public void Where_everybody_of_a_domain_who_is_there_goes_it_is_one_mask()
    {
        var all = string.Join(' ', Enumerable.Range(1, 20_000).Select(i => $"m{i}@example.org"));

        Assert.Equal("*@example.org bob@other.example", Ended(all + " bob@other.example", all + " bob@other.example ann@other.example"));
    }

    private static string Ended(string due, string users) => string.Join(' ', DueEnds.Of(due.Split(' ').Select(Mask), users.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private static SessionMask Mask(string text) => SessionMask.TryParse(text, out var mask) ? mask : throw new ArgumentException(text);

    private sealed class Clock : TimeProvider
    {
        public int Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
