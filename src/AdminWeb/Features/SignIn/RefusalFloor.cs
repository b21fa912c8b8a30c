using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>
/// Makes every refusal take the same time, whether the login is unknown, its hash is of a fast or a slow scheme, or the
/// budget was spent before anything was checked. Work that took longer is rounded up to the next whole floor.
/// </summary>
public sealed class RefusalFloor(PanelSettings settings, TimeProvider clock)
{
    public long Start() => clock.GetTimestamp();

    public Task WaitAsync(long started, CancellationToken ct)
    {
        var floor = settings.RefusalFloor.Ticks;
        var spent = clock.GetElapsedTime(started).Ticks;
        var floors = Math.Max(1, (spent + floor - 1) / floor);
        return Task.Delay(TimeSpan.FromTicks((floors * floor) - spent), clock, ct);
    }
}
