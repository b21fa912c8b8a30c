namespace AdminPanel.Web.Features.Forwarding;

/// <summary>The words of the page about forwards: ForwardingText.resx.</summary>
public sealed class ForwardingText;
