using System.Text;
using AdminPanel.Tests.Support;

namespace AdminPanel.Tests.MailStack;

/// <summary>A rendered lookup table of Postfix, asked through postmap(1): the SQL, the account and its rights as Postfix has them.</summary>
internal sealed class LookupTable(TrialInstance instance, string name)
{
    private string ConfigDirectory => Path.Combine(instance.Config, "postfix");

    /// <summary>One key.</summary>
    /// <returns>The answer; null when there is none.</returns>
    /// <exception cref="InvalidOperationException">The table is broken: postmap says nothing for a plain miss.</exception>
    public async Task<string?> AskAsync(string key)
    {
        var (status, output, errors) = await instance.RunDaemonsAsync("/usr/sbin/postmap", ["-c", ConfigDirectory, "-q", key, $"mysql:{ConfigDirectory}/sql/{name}.cf"]);
        if (status == 0) return output.TrimEnd('\n');

        return output.Length + errors.Length == 0 ? null : throw new InvalidOperationException($"{name}: {errors}");
    }

    /// <summary>Many keys at once.</summary>
    /// <returns>What each answer is made of; nothing for a key without one.</returns>
    public async Task<Dictionary<string, string[]>> AskAllAsync(IEnumerable<string> keys)
    {
        var (_, output, errors) = await instance.RunDaemonsAsync("/usr/sbin/postmap", ["-c", ConfigDirectory, "-q", "-", $"mysql:{ConfigDirectory}/sql/{name}.cf"], string.Join('\n', keys) + "\n");
        if (errors.Length > 0) throw new InvalidOperationException($"{name}: {errors}");

        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(p => p[0], p => p[1].Split(','), StringComparer.Ordinal);
    }

    /// <summary>The query, as the template has it.</summary>
    public string Query => QueryOf(File.ReadAllText($"{ConfigDirectory}/sql/{name}.cf"));

    /// <summary>The value of "query" in a file of mysql_table(5): it goes on over lines that begin with white space.</summary>
    public static string QueryOf(string file)
    {
        var query = new StringBuilder();
        foreach (var line in file.Split('\n'))
        {
            if (line.StartsWith("query = ", StringComparison.Ordinal)) query.Append(line["query = ".Length..]);
            else if (query.Length > 0 && line.StartsWith(' ')) query.Append('\n').Append(line);
        }
        return query.ToString();
    }

    /// <summary>What Postfix sends for a key (mysql_table(5)); null when it sends nothing, since a part that the query needs is missing.</summary>
    public static string? Expand(string query, string key)
    {
        var at = key.LastIndexOf('@');
        var (user, domain) = at < 0 ? (key, "") : (key[..at], key[(at + 1)..]);
        if (query.Contains("%u", StringComparison.Ordinal) && user.Length == 0 || query.Contains("%d", StringComparison.Ordinal) && domain.Length == 0) return null;

        return query
            .Replace("%s", Escape(key), StringComparison.Ordinal)
            .Replace("%u", Escape(user), StringComparison.Ordinal)
            .Replace("%d", Escape(domain), StringComparison.Ordinal);
    }

    /// <summary>As the daemons escape a key, inside single quotes.</summary>
    public static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
}
