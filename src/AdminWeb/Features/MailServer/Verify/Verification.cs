namespace AdminPanel.Web.Features.MailServer.Verify;

/// <summary>What a tree was checked with before anything is touched; nothing was found against it.</summary>
/// <param name="Programs">The checks of the programs that will read it.</param>
/// <param name="Tables">How many keys each lookup table was asked, by its name.</param>
/// <param name="Users">How many names Dovecot's queries were asked.</param>
public sealed record Verification(IReadOnlyList<string> Programs, IReadOnlyDictionary<string, int> Tables, int Users);
