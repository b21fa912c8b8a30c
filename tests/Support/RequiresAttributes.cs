using Xunit;

namespace AdminPanel.Tests.Support;

/// <summary>A test on a real MariaDB server: skipped with the repairing command where the server is not installed, failed in CI.</summary>
public sealed class MariaDbFactAttribute : FactAttribute
{
    public MariaDbFactAttribute() => Skip = Requirement.MariaDb.SkipReason;
}

/// <inheritdoc cref="MariaDbFactAttribute"/>
public sealed class MariaDbTheoryAttribute : TheoryAttribute
{
    public MariaDbTheoryAttribute() => Skip = Requirement.MariaDb.SkipReason;
}

/// <summary>A test on real Postfix, Dovecot and MariaDB.</summary>
public sealed class MailStackFactAttribute : FactAttribute
{
    public MailStackFactAttribute() => Skip = Requirement.MailStack.SkipReason;
}

/// <inheritdoc cref="MailStackFactAttribute"/>
public sealed class MailStackTheoryAttribute : TheoryAttribute
{
    public MailStackTheoryAttribute() => Skip = Requirement.MailStack.SkipReason;
}

/// <summary>A test on the whole mail stack with Rspamd and Redis.</summary>
public sealed class SpamFilterFactAttribute : FactAttribute
{
    public SpamFilterFactAttribute() => Skip = Requirement.SpamFilter.SkipReason;
}

/// <summary>A test in which the mail stack signs, by Rspamd or by OpenDKIM, with name servers and verifiers that are not ours.</summary>
public sealed class SigningFactAttribute : FactAttribute
{
    public SigningFactAttribute() => Skip = Requirement.Signing.SkipReason;
}

/// <summary>A test that asks real name servers.</summary>
public sealed class NameServerFactAttribute : FactAttribute
{
    public NameServerFactAttribute() => Skip = Requirement.NameServer.SkipReason;
}

/// <inheritdoc cref="NameServerFactAttribute"/>
public sealed class NameServerTheoryAttribute : TheoryAttribute
{
    public NameServerTheoryAttribute() => Skip = Requirement.NameServer.SkipReason;
}

/// <summary>A test in Debian's Chromium on the whole stack.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Requirement.Browser.SkipReason;
}

/// <inheritdoc cref="BrowserFactAttribute"/>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Requirement.Browser.SkipReason;
}

/// <summary>A test that compiles C against the headers of libmariadb.</summary>
public sealed class CompilerFactAttribute : FactAttribute
{
    public CompilerFactAttribute() => Skip = Requirement.Compiler.SkipReason;
}

/// <summary>A test in which BIND reads a zone.</summary>
public sealed class ZoneCheckerTheoryAttribute : TheoryAttribute
{
    public ZoneCheckerTheoryAttribute() => Skip = Requirement.ZoneChecker.SkipReason;
}
