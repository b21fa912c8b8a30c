namespace AdminPanel.Web.Features.Scripts;

/// <summary>A part of the panel's sieve script.</summary>
/// <param name="Requires">The extensions that it uses.</param>
/// <param name="Text">Whole commands, with LF at the end of each line.</param>
public sealed record ScriptPart(IReadOnlyCollection<string> Requires, string Text);
