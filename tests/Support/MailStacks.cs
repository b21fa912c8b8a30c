namespace AdminPanel.Tests.Support;

/// <summary>Where a claim about mail is tried: a test class that is generic in it says the same of every stack.</summary>
public interface IMailStack
{
    /// <summary>The instance that the tests of this process share.</summary>
    static abstract Task<TrialInstance> Instance { get; }

    /// <summary>Another one, for tests of what holds for a whole server; shared by those.</summary>
    static abstract Task<TrialInstance> OwnInstance { get; }

    /// <summary>What the configuration is rendered for.</summary>
    static abstract (string Dovecot, string Postfix) Versions { get; }

    /// <summary>A quota of so many bytes, as doveadm-user(1) shows it.</summary>
    static abstract string QuotaOf(long bytes);
}

/// <summary>The Postfix and Dovecot of this machine: on Debian 12, 3.7 and 2.3.</summary>
public sealed class InstalledStack : IMailStack
{
    public static Task<TrialInstance> Instance => TrialInstance.Shared;

    public static Task<TrialInstance> OwnInstance => TrialInstance.Second;

    public static (string Dovecot, string Postfix) Versions => ("2.3", "3.7");

    public static string QuotaOf(long bytes) => $"quota_rule\t*:bytes={bytes}";
}

/// <summary>Those of Debian 13, 3.10 and 2.4, in a tree of it.</summary>
public sealed class Debian13Stack : IMailStack
{
    public static Task<TrialInstance> Instance => TrialInstance.OnDebian13;

    public static Task<TrialInstance> OwnInstance => TrialInstance.SecondOnDebian13;

    public static (string Dovecot, string Postfix) Versions => ("2.4", "3.10");

    public static string QuotaOf(long bytes) => $"quota_storage_size\t{bytes}B";
}
