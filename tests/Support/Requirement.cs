namespace AdminPanel.Tests.Support;

/// <summary>Programs that a test drives, and the Debian packages that bring them.</summary>
/// <param name="Programs">Absolute paths, as Debian installs them.</param>
/// <param name="Packages">What to install when one of them is missing.</param>
public sealed record Requirement(IReadOnlyList<string> Programs, IReadOnlyList<string> Packages)
{
    public static readonly Requirement MariaDb = new(
        ["/usr/sbin/mariadbd", "/usr/bin/mariadb-install-db", "/usr/bin/mariadb"],
        ["mariadb-server-core", "mariadb-client-core", "libmariadb3"]);

    public static readonly Requirement Compiler = new(
        ["/usr/bin/gcc", "/usr/include/mariadb/mysql.h"],
        ["gcc", "libc6-dev", "libmariadb-dev"]);

    public static readonly Requirement MailStack = new(
        [.. MariaDb.Programs, "/usr/sbin/postfix", "/usr/sbin/postmap", "/usr/sbin/dovecot", "/usr/bin/doveadm", "/usr/lib/dovecot/lmtp"],
        [.. MariaDb.Packages, "postfix", "postfix-mysql", "dovecot-core", "dovecot-imapd", "dovecot-lmtpd", "dovecot-mysql", "dovecot-sieve", "dovecot-managesieved"]);

    public static readonly Requirement SpamFilter = new([.. MailStack.Programs, "/usr/bin/rspamd", "/usr/bin/redis-server"], [.. MailStack.Packages, "rspamd", "redis-server"]);

    public static readonly Requirement Signing = new(
        [.. SpamFilter.Programs, "/usr/sbin/opendkim", "/usr/sbin/opendkim-testmsg", "/usr/sbin/named", "/usr/sbin/ip", "/usr/lib/x86_64-linux-gnu/libunbound.so.8", "/usr/lib/python3/dist-packages/dkim/__init__.py", "/usr/lib/python3/dist-packages/nacl/__init__.py"], [.. SpamFilter.Packages, "opendkim", "opendkim-tools", "bind9", "iproute2", "libunbound8", "python3-dkim", "python3-nacl"]);

    public static readonly Requirement NameServer = new(["/usr/sbin/named", "/usr/sbin/ip", "/usr/lib/x86_64-linux-gnu/libunbound.so.8", "/usr/bin/dnssec-signzone"], ["bind9", "iproute2", "libunbound8", "bind9-utils"]);

    public static readonly Requirement Browser = new([.. MailStack.Programs, "/usr/bin/chromium"], [.. MailStack.Packages, "chromium"]);

    public static readonly Requirement ZoneChecker = new(["/usr/bin/named-checkzone"], ["bind9-utils"]);

    /// <summary>True in continuous integration: nothing may be skipped there, so a missing program fails the test.</summary>
    public static bool NothingMayBeSkipped => Environment.GetEnvironmentVariable("REQUIRE_MAIL_STACK") == "1";

    public IEnumerable<string> Missing => Programs.Where(path => !File.Exists(path));

    /// <summary>The sentence with the one command that repairs, or null when everything is there.</summary>
    public string? Repair => Missing.Any()
        ? $"Missing {string.Join(", ", Missing)}. Install with: apt-get install --no-install-recommends {string.Join(' ', Packages)}"
        : null;

    /// <summary>What a test attribute shows as its reason to skip: null when all is there, or when skipping is forbidden.</summary>
    public string? SkipReason => NothingMayBeSkipped ? null : Repair;

    /// <exception cref="InvalidOperationException">A program is missing; the message is <see cref="Repair"/>.</exception>
    public void Demand()
    {
        if (Repair is { } repair) throw new InvalidOperationException(repair);
    }
}
