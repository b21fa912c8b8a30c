using MariaDb.Client.Native;

namespace MariaDb.Client.Statements;

/// <summary>MYSQL_TIME and the types of .NET; MariaDB keeps microseconds, finer parts are cut off.</summary>
internal static class Times
{
    private const int KindOfDate = 0;
    private const int KindOfDateTime = 1;
    private const int KindOfTime = 2;

    public static MySqlTime From(DateTime time) => new()
    {
        Year = (uint)time.Year,
        Month = (uint)time.Month,
        Day = (uint)time.Day,
        Hour = (uint)time.Hour,
        Minute = (uint)time.Minute,
        Second = (uint)time.Second,
        SecondPart = Microseconds(time.Ticks),
        Kind = KindOfDateTime,
    };

    public static MySqlTime From(DateOnly date) => new() { Year = (uint)date.Year, Month = (uint)date.Month, Day = (uint)date.Day, Kind = KindOfDate };

    public static MySqlTime From(TimeSpan span)
    {
        var length = span.Duration();
        return new()
        {
            Negative = span < TimeSpan.Zero ? (byte)1 : (byte)0,
            Day = (uint)length.Days,
            Hour = (uint)length.Hours,
            Minute = (uint)length.Minutes,
            Second = (uint)length.Seconds,
            SecondPart = Microseconds(length.Ticks),
            Kind = KindOfTime,
        };
    }

    /// <summary>0000-00-00 and its like (2020-02-00), which old tables hold and no calendar does.</summary>
    public static bool IsZero(in MySqlTime time) => time.Year == 0 || time.Month == 0 || time.Day == 0;

    public static DateTime ToDateTime(in MySqlTime time) =>
        new DateTime((int)time.Year, (int)time.Month, (int)time.Day, (int)time.Hour, (int)time.Minute, (int)time.Second, DateTimeKind.Unspecified)
            .AddTicks((long)time.SecondPart * TimeSpan.TicksPerMicrosecond);

    public static TimeSpan ToTimeSpan(in MySqlTime time)
    {
        var span = new TimeSpan((int)time.Day, (int)time.Hour, (int)time.Minute, (int)time.Second)
            + TimeSpan.FromTicks((long)time.SecondPart * TimeSpan.TicksPerMicrosecond);
        return time.Negative != 0 ? -span : span;
    }

    private static ulong Microseconds(long ticks) => (ulong)(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
}
