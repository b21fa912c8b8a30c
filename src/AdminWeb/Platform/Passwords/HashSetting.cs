using System.Globalization;

namespace AdminPanel.Web.Platform.Passwords;

/// <summary>Panel:HashesAtOnce: how many passwords are hashed or checked at once, each with 64 MiB of memory and a processor; the rest waits its turn.</summary>
public static class HashSetting
{
    /// <summary>4 GiB: what has more to do has more than one panel.</summary>
    public const int MaxPlaces = 64;

    /// <summary>As many as the machine has processors, from 2 to 4: one long check must not stop all, and pages need processors, too.</summary>
    public static int UsualPlaces => Math.Clamp(Environment.ProcessorCount, 2, 4);

    /// <exception cref="SettingException">It is no number from 1 to <see cref="MaxPlaces"/>.</exception>
    public static HashPlaces Places(IConfiguration configuration)
    {
        if (configuration["Panel:HashesAtOnce"]?.Trim() is not { Length: > 0 } text) return new HashPlaces(UsualPlaces);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MaxPlaces) return new HashPlaces(count);

        throw new SettingException(string.Create(CultureInfo.InvariantCulture, $"Panel:HashesAtOnce is \"{text}\": write a number from 1 to {MaxPlaces}; each takes {PasswordHasher.MemoryBytes >> 20} MiB of memory while it works."));
    }
}
