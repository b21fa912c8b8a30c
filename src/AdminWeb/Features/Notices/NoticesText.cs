namespace AdminPanel.Web.Features.Notices;

/// <summary>The words of messages that the panel sends, in NoticesText.resx.</summary>
public sealed class NoticesText;
