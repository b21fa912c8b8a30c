namespace AdminPanel.Web.Platform;

/// <summary>A setting that the panel refuses to start with. The message is one sentence that says the repair.</summary>
public sealed class SettingException(string message) : Exception(message);
