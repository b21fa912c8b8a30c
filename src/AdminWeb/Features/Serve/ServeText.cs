namespace AdminPanel.Web.Features.Serve;

/// <summary>Names ServeText.resx: the words of the error pages.</summary>
public sealed class ServeText;
