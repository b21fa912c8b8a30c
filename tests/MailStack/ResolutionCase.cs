using System.Globalization;
using Xunit.Abstractions;

namespace AdminPanel.Tests.MailStack;

/// <summary>One row of the table: how an address is written, what owns it, in which state, and what must come of it.</summary>
public sealed record ResolutionCase : IXunitSerializable
{
    // The expected columns are written by hand. 550: nobody has that address. 554: that domain is not ours.
    // "nothing" has no state of its own: its "inactive" says that nothing changes.
    private const string Table = """
        way                     object        state            rcpt  own first second sent caught
        exact                   mailbox       active           250   1   0     0      0    0
        exact                   mailbox       inactive         550   0   0     0      0    0
        exact                   mailbox       expired          550   0   0     0      0    0
        exact                   mailbox       scheduled        550   0   0     0      0    0
        exact                   mailbox       domain-inactive  554   0   0     0      0    0
        +extension              mailbox       active           250   1   0     0      0    0
        +extension              mailbox       inactive         550   0   0     0      0    0
        +extension              mailbox       expired          550   0   0     0      0    0
        +extension              mailbox       scheduled        550   0   0     0      0    0
        +extension              mailbox       domain-inactive  554   0   0     0      0    0
        alias-domain            mailbox       active           250   1   0     0      0    0
        alias-domain            mailbox       inactive         550   0   0     0      0    0
        alias-domain            mailbox       expired          550   0   0     0      0    0
        alias-domain            mailbox       scheduled        550   0   0     0      0    0
        alias-domain            mailbox       domain-inactive  554   0   0     0      0    0
        alias-domain+extension  mailbox       active           250   1   0     0      0    0
        alias-domain+extension  mailbox       inactive         550   0   0     0      0    0
        alias-domain+extension  mailbox       expired          550   0   0     0      0    0
        alias-domain+extension  mailbox       scheduled        550   0   0     0      0    0
        alias-domain+extension  mailbox       domain-inactive  554   0   0     0      0    0
        exact                   forward       active           250   0   1     0      1    0
        exact                   forward       inactive         550   0   0     0      0    0
        exact                   forward       expired          550   0   0     0      0    0
        exact                   forward       scheduled        550   0   0     0      0    0
        exact                   forward       domain-inactive  554   0   0     0      0    0
        +extension              forward       active           250   0   1     0      1    0
        +extension              forward       inactive         550   0   0     0      0    0
        +extension              forward       expired          550   0   0     0      0    0
        +extension              forward       scheduled        550   0   0     0      0    0
        +extension              forward       domain-inactive  554   0   0     0      0    0
        alias-domain            forward       active           250   0   1     0      1    0
        alias-domain            forward       inactive         550   0   0     0      0    0
        alias-domain            forward       expired          550   0   0     0      0    0
        alias-domain            forward       scheduled        550   0   0     0      0    0
        alias-domain            forward       domain-inactive  554   0   0     0      0    0
        alias-domain+extension  forward       active           250   0   1     0      1    0
        alias-domain+extension  forward       inactive         550   0   0     0      0    0
        alias-domain+extension  forward       expired          550   0   0     0      0    0
        alias-domain+extension  forward       scheduled        550   0   0     0      0    0
        alias-domain+extension  forward       domain-inactive  554   0   0     0      0    0
        exact                   forward+copy  active           250   1   1     0      1    0
        exact                   forward+copy  inactive         550   0   0     0      0    0
        exact                   forward+copy  expired          550   0   0     0      0    0
        exact                   forward+copy  scheduled        550   0   0     0      0    0
        exact                   forward+copy  domain-inactive  554   0   0     0      0    0
        +extension              forward+copy  active           250   1   1     0      1    0
        +extension              forward+copy  inactive         550   0   0     0      0    0
        +extension              forward+copy  expired          550   0   0     0      0    0
        +extension              forward+copy  scheduled        550   0   0     0      0    0
        +extension              forward+copy  domain-inactive  554   0   0     0      0    0
        alias-domain            forward+copy  active           250   1   1     0      1    0
        alias-domain            forward+copy  inactive         550   0   0     0      0    0
        alias-domain            forward+copy  expired          550   0   0     0      0    0
        alias-domain            forward+copy  scheduled        550   0   0     0      0    0
        alias-domain            forward+copy  domain-inactive  554   0   0     0      0    0
        alias-domain+extension  forward+copy  active           250   1   1     0      1    0
        alias-domain+extension  forward+copy  inactive         550   0   0     0      0    0
        alias-domain+extension  forward+copy  expired          550   0   0     0      0    0
        alias-domain+extension  forward+copy  scheduled        550   0   0     0      0    0
        alias-domain+extension  forward+copy  domain-inactive  554   0   0     0      0    0
        exact                   alias         active           250   0   1     1      1    0
        exact                   alias         inactive         550   0   0     0      0    0
        exact                   alias         expired          550   0   0     0      0    0
        exact                   alias         scheduled        550   0   0     0      0    0
        exact                   alias         domain-inactive  554   0   0     0      0    0
        +extension              alias         active           250   0   1     1      1    0
        +extension              alias         inactive         550   0   0     0      0    0
        +extension              alias         expired          550   0   0     0      0    0
        +extension              alias         scheduled        550   0   0     0      0    0
        +extension              alias         domain-inactive  554   0   0     0      0    0
        alias-domain            alias         active           250   0   1     1      1    0
        alias-domain            alias         inactive         550   0   0     0      0    0
        alias-domain            alias         expired          550   0   0     0      0    0
        alias-domain            alias         scheduled        550   0   0     0      0    0
        alias-domain            alias         domain-inactive  554   0   0     0      0    0
        alias-domain+extension  alias         active           250   0   1     1      1    0
        alias-domain+extension  alias         inactive         550   0   0     0      0    0
        alias-domain+extension  alias         expired          550   0   0     0      0    0
        alias-domain+extension  alias         scheduled        550   0   0     0      0    0
        alias-domain+extension  alias         domain-inactive  554   0   0     0      0    0
        exact                   catch-all     active           250   0   0     0      0    1
        exact                   catch-all     inactive         550   0   0     0      0    0
        exact                   catch-all     expired          550   0   0     0      0    0
        exact                   catch-all     scheduled        550   0   0     0      0    0
        exact                   catch-all     domain-inactive  554   0   0     0      0    0
        +extension              catch-all     active           250   0   0     0      0    1
        +extension              catch-all     inactive         550   0   0     0      0    0
        +extension              catch-all     expired          550   0   0     0      0    0
        +extension              catch-all     scheduled        550   0   0     0      0    0
        +extension              catch-all     domain-inactive  554   0   0     0      0    0
        alias-domain            catch-all     active           250   0   0     0      0    1
        alias-domain            catch-all     inactive         550   0   0     0      0    0
        alias-domain            catch-all     expired          550   0   0     0      0    0
        alias-domain            catch-all     scheduled        550   0   0     0      0    0
        alias-domain            catch-all     domain-inactive  554   0   0     0      0    0
        alias-domain+extension  catch-all     active           250   0   0     0      0    1
        alias-domain+extension  catch-all     inactive         550   0   0     0      0    0
        alias-domain+extension  catch-all     expired          550   0   0     0      0    0
        alias-domain+extension  catch-all     scheduled        550   0   0     0      0    0
        alias-domain+extension  catch-all     domain-inactive  554   0   0     0      0    0
        exact                   nothing       active           550   0   0     0      0    0
        exact                   nothing       inactive         550   0   0     0      0    0
        exact                   nothing       expired          550   0   0     0      0    0
        exact                   nothing       scheduled        550   0   0     0      0    0
        exact                   nothing       domain-inactive  554   0   0     0      0    0
        +extension              nothing       active           550   0   0     0      0    0
        +extension              nothing       inactive         550   0   0     0      0    0
        +extension              nothing       expired          550   0   0     0      0    0
        +extension              nothing       scheduled        550   0   0     0      0    0
        +extension              nothing       domain-inactive  554   0   0     0      0    0
        alias-domain            nothing       active           550   0   0     0      0    0
        alias-domain            nothing       inactive         550   0   0     0      0    0
        alias-domain            nothing       expired          550   0   0     0      0    0
        alias-domain            nothing       scheduled        550   0   0     0      0    0
        alias-domain            nothing       domain-inactive  554   0   0     0      0    0
        alias-domain+extension  nothing       active           550   0   0     0      0    0
        alias-domain+extension  nothing       inactive         550   0   0     0      0    0
        alias-domain+extension  nothing       expired          550   0   0     0      0    0
        alias-domain+extension  nothing       scheduled        550   0   0     0      0    0
        alias-domain+extension  nothing       domain-inactive  554   0   0     0      0    0
        """;

    public static IReadOnlyList<ResolutionCase> All { get; } = [.. Table.Split('\n').Skip(1).Select((line, index) => Parse(line, index + 1))];

    public int Number { get; private set; }

    public string Way { get; private set; } = "";

    public string Owner { get; private set; } = "";

    public string State { get; private set; } = "";

    public string Expected { get; private set; } = "";

    public override string ToString() => $"{Way} {Owner} {State}";

    public void Serialize(IXunitSerializationInfo info) => info.AddValue(nameof(Number), Number);

    public void Deserialize(IXunitSerializationInfo info)
    {
        var row = All[info.GetValue<int>(nameof(Number)) - 1];
        (Number, Way, Owner, State, Expected) = (row.Number, row.Way, row.Owner, row.State, row.Expected);
    }

    private static ResolutionCase Parse(string line, int number)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new ResolutionCase
        {
            Number = number,
            Way = words[0],
            Owner = words[1],
            State = words[2],
            Expected = string.Create(CultureInfo.InvariantCulture, $"{words[3]} own={words[4]} first={words[5]} second={words[6]} sent={words[7]} caught={words[8]}"),
        };
    }
}
