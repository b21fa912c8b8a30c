namespace AdminPanel.Web.Features.Passkeys;

/// <summary>A button that sends its form with what a passkey answered: _UsePasskey.cshtml.</summary>
/// <param name="Field">Of the form, for the answer.</param>
/// <param name="Ask">Where the question comes from, by POST.</param>
/// <param name="Label">What stands on it.</param>
/// <param name="IsPrimary">It is what the form is for.</param>
public sealed record PasskeyButton(string Field, string Ask, string Label, bool IsPrimary = false);
