using System.CommandLine;

namespace AdminPanel.Web.Features.Cli;

/// <summary>What is on or off, as two options: --pop3 and --no-pop3. Neither leaves it as it is.</summary>
internal sealed class Switch(string name, string what)
{
    private readonly Option<bool> on = new($"--{name}") { Description = $"{what}." };

    private readonly Option<bool> off = new($"--no-{name}") { Description = $"{what}: not." };

    public IEnumerable<Option> Options => [on, off];

    public void AddTo(Command command)
    {
        command.Options.Add(on);
        command.Options.Add(off);
        command.Validators.Add(result =>
        {
            if (result.GetValue(on) && result.GetValue(off)) result.AddError($"Give one of --{name} and --no-{name}.");
        });
    }

    /// <summary>Null where neither was given.</summary>
    public bool? Choice(ParseResult parsed) => parsed.GetValue(on) ? true : parsed.GetValue(off) ? false : null;
}
