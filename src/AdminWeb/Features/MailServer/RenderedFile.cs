namespace AdminPanel.Web.Features.MailServer;

/// <summary>One file of the rendered tree.</summary>
/// <param name="Path">Below the tree's root, with "/".</param>
/// <param name="Mode">Its permissions.</param>
/// <param name="Owner">"user:group" that it must belong to where it is installed.</param>
/// <param name="Text">UTF-8, "\n", with a final newline.</param>
/// <param name="Settings">The keys whose values it holds, sorted.</param>
public sealed record RenderedFile(string Path, UnixFileMode Mode, string Owner, string Text, IReadOnlyList<string> Settings);
