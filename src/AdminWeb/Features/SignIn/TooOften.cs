using System.Globalization;
using AdminPanel.Data;

namespace AdminPanel.Web.Features.SignIn;

/// <summary>The refusal of a spent budget: how long to wait, and until when.</summary>
internal static class TooOften
{
    public static Problem Problem(DateTime again, DateTime now)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling((again - now).TotalMinutes));
        // Up to the whole minute, so that who comes at that time is let in.
        var at = now.AddMinutes(minutes).ToString("HH:mm", CultureInfo.InvariantCulture);
        return new Problem("", "SignInTooOften", minutes, at);
    }
}
