namespace AdminPanel.Tests.MailStack;

/// <summary>
/// Small worlds of domains, mailboxes, aliases, forwards, groups and catch-alls in every state, with extensions, alias
/// domains, circles and dead ends, by chance from a fixed seed. Written past the panel, which would refuse the circles.
/// </summary>
internal sealed class GeneratedWorlds
{
    public const string Elsewhere = "generated.example.net";

    private static readonly string[] Names = ["ann", "bob", "cat", "dan", "eve"];

    private readonly Random chance;
    private readonly MailData data = new();

    public GeneratedWorlds(int count, int seed)
    {
        chance = new Random(seed);
        for (var number = 1; number <= count; number++) Add(number);
    }

    public MailData Data => data;

    /// <summary>What mail is sent to: in each world whatever has a name, and what has none.</summary>
    public List<string> Recipients { get; } = [];

    /// <summary>Directories below the mail root, by the address of the mailbox.</summary>
    public Dictionary<string, string> Homes { get; } = [];

    private void Add(int number)
    {
        string[] domains = [$"g{number}.example", $"h{number}.example"];
        var alias = $"a{number}.example";
        foreach (var domain in domains) data.Domain(domain, isActive: Once(12));
        data.Domain(alias, isActive: Once(12), target: domains[0]);
        if (!Once(10)) data.Refusing(Pick(domains));

        foreach (var domain in domains)
        {
            foreach (var name in Names.Where(_ => chance.Next(3) > 0)) Object(number, $"{name}@{domain}", domains, alias);
            if (chance.Next(3) == 0)
            {
                data.Alias("@" + domain, Destinations(number, domains, alias), Once(6));
                State("@" + domain);
            }
            if (chance.Next(4) == 0)
            {
                data.Group("all@" + domain);
                State("all@" + domain);
            }
        }
        // One in the alias domain, which decides before what the target has.
        if (chance.Next(4) == 0) Object(number, $"{Pick(Names)}@{alias}", domains, alias);

        foreach (var domain in (string[])[.. domains, alias])
        {
            Recipients.Add($"{Pick(Names)}@{domain}");
            Recipients.Add($"{Pick(Names)}+news@{domain}");
        }
        Recipients.Add($"all@{domains[chance.Next(2)]}");
        Recipients.Add($"nobody@{Pick([.. domains, alias])}");
    }

    private void Object(int number, string address, string[] domains, string alias)
    {
        if (chance.Next(2) == 0)
        {
            data.Alias(address, Destinations(number, domains, alias), Once(6));
            if (chance.Next(8) == 0) data.Internal(address);
            if (chance.Next(4) == 0) data.MembersMaySend(address);
        }
        else
        {
            Homes[address] = $"g{number}/{address}";
            data.Mailbox(address, Homes[address], Once(6), keepsCopy: chance.Next(2) == 0, forwards: chance.Next(3) == 0 ? Destinations(number, domains, alias) : []);
            if (chance.Next(4) == 0) data.Grant(address, $"{(chance.Next(3) == 0 ? "" : Pick(Names))}@{Pick([.. domains, alias])}");
        }
        State(address);
    }

    private List<string> Destinations(int number, string[] domains, string alias)
    {
        var destinations = new HashSet<string>();
        for (var more = chance.Next(1, 4); more > 0; more--)
        {
            destinations.Add(chance.Next(8) switch
            {
                0 => $"out{number}x{chance.Next(3)}@{Elsewhere}",
                1 => $"{Pick(Names)}+x@{Pick(domains)}",
                2 => $"{Pick(Names)}@{alias}",
                3 => chance.Next(3) == 0 ? $"all@{Pick(domains)}" : $"nobody@{Pick(domains)}",
                _ => $"{Pick(Names)}@{Pick(domains)}",
            });
        }
        return [.. destinations];
    }

    private void State(string address)
    {
        switch (chance.Next(12))
        {
            case 0:
                data.Dates(address, from: 1);
                break;
            case 1:
                data.Dates(address, until: -1);
                break;
            case 2:
                data.Dates(address, from: -1, until: 1);
                break;
        }
    }

    /// <summary>False in one of so many cases.</summary>
    private bool Once(int of) => chance.Next(of) > 0;

    private string Pick(string[] of) => of[chance.Next(of.Length)];
}
