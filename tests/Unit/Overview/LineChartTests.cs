using AdminPanel.Web.Features.Overview;
using Xunit;

namespace AdminPanel.Tests.Unit.Overview;

public sealed class LineChartTests
{
    [Fact]
    public void Days_stand_where_they_are_in_time_and_the_greatest_value_below_the_edge()
    {
        IReadOnlyList<(DateOnly, long)> values = [(new(2026, 11, 1), 0), (new(2026, 11, 2), 5), (new(2026, 11, 11), 10)];

        Assert.Equal("0,150 60,80 600,10", LineChart.Points(values));
        Assert.Equal("0,150 0,150 60,80 600,10 600,150", LineChart.Area(values));
    }

    [Fact]
    public void Nothing_at_all_is_a_line_on_the_ground() =>
        Assert.Equal("0,150 600,150", LineChart.Points([(new(2026, 11, 1), 0), (new(2026, 12, 1), 0)]));
}
