namespace AdminPanel.Data;

/// <summary>
/// One reason for a refusal. <paramref name="Field"/> is the input's property name ("" for the whole form);
/// <paramref name="Code"/> is a resource key, whose sentence is made at the door in the reader's language from
/// <paramref name="Args"/>. API and CLI give the code too.
/// </summary>
public sealed record Problem(string Field, string Code, params IReadOnlyList<object> Args);
