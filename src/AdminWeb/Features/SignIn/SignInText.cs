namespace AdminPanel.Web.Features.SignIn;

/// <summary>Names SignInText.resx: the words of sign-in, setup and the own password.</summary>
public sealed class SignInText;
