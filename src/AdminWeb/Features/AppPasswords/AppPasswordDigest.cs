using System.Security.Cryptography;
using System.Text;

namespace AdminPanel.Web.Features.AppPasswords;

/// <summary>What the database keeps of an app password: the same that Dovecot makes of what somebody typed ("%{sha256:password}", sql-maps/).</summary>
public static class AppPasswordDigest
{
    public static string Of(string password) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
}
