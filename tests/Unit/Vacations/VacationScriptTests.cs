using System.Text;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Vacations;
using Xunit;
using Xunit.Abstractions;

namespace AdminPanel.Tests.Unit.Vacations;

/// <summary>Whatever somebody writes into a reply stays inside its string (RFC 5228 section 2.4.2); tests/MailStack shows that it arrives so.</summary>
public sealed class VacationScriptTests(ITestOutputHelper output)
{
    [Fact]
    public void A_script_says_when_for_whom_and_what()
    {
        var script = Script(
            new Vacation { IsOn = true, Text = "Away.\nBack soon.", Subject = "Out", FirstDay = new(2026, 12, 20), LastDay = new(2027, 1, 3), Days = 3 }, ["b@example.org", "a@example.org", "b@example.org"]);

        Assert.Equal(
            """
            # Kept by the mail panel: what is changed here is lost.
            require ["date", "relational", "vacation"];
            if allof (
              not address :localpart :is "from" ["noreply", "no-reply", "donotreply", "do-not-reply"],
              currentdate :zone "+0000" :value "ge" "date" "2026-12-20",
              currentdate :zone "+0000" :value "le" "date" "2027-01-03"
            ) {
              vacation :days 3 :subject "Out"
                :addresses ["a@example.org", "b@example.org"]
                "Away.
            Back soon.";
            }

            """.ReplaceLineEndings("\r\n"),
            script);
    }

    [Theory]
    [InlineData("\"; redirect \"thief@example.net\"; #")]
    [InlineData("\\\"; discard; #")]
    [InlineData("\\")]
    [InlineData("${hex:22 3b} ${subject}")]
    [InlineData(".\r\n..\r\ntext:\r\n.\r\n")]
    [InlineData("# not a comment /* nor this */")]
    [InlineData("a\0b")]
    public void Nothing_leaves_the_string(string text) => Assert.Equal(text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\r\n"), LastString(Script(text)));

    [Fact]
    public void Nothing_leaves_the_string_whatever_it_is()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => "\"\\;{}[]#$\r\n.ax \u00fc\U0001F334\t/*:"[random.Next(22)]).Where(c => !char.IsSurrogate(c)));
            Assert.Equal(text.ReplaceLineEndings("\r\n"), LastString(Script(text)));
        }
    }

    /// <summary>An address that no header can have would keep the whole script from compiling.</summary>
    [Theory]
    [InlineData("with space@example.org")]
    [InlineData(".dot@example.org")]
    [InlineData("two..dots@example.org")]
    [InlineData("quo\"te@example.org")]
    [InlineData("gr\u00fcn@example.org")]
    [InlineData("@example.org")]
    public void An_address_that_no_header_has_is_left_out(string address) =>
        Assert.Contains(":addresses [\"a@example.org\"]", Script(new Vacation { Text = "Away." }, [address, "a@example.org"]), StringComparison.Ordinal);

    [Fact]
    public void Where_spam_is_marked_nobody_answers_it() =>
        Assert.Contains("  not header :is \"X-Spam\" \"Yes\"\r\n", ScriptText.Render(VacationScript.Render(new Vacation { Text = "Away." }, ["a@example.org"], new SpamMark(IsOurs: true, From: null)))!, StringComparison.Ordinal);

    private static string Script(string text) => Script(new Vacation { IsOn = true, Text = text }, ["a@example.org"]);

    private static string Script(Vacation vacation, IReadOnlyList<string> addresses) => ScriptText.Render(VacationScript.Render(vacation, addresses, new SpamMark(IsOurs: false, From: null)))!;

    /// <summary>Reads the script as a sieve engine does: the last string, which must be all that stands before the end of the block.</summary>
    private static string LastString(string script)
    {
        List<string> strings = [];
        var rest = new StringBuilder();
        for (var i = script.IndexOf("\r\n", StringComparison.Ordinal); i < script.Length; i++)
        {
            if (script[i] != '"')
            {
                rest.Append(script[i]);
                continue;
            }
            var text = new StringBuilder();
            for (i++; script[i] != '"'; i++) text.Append(script[i] == '\\' ? script[++i] : script[i]);
            strings.Add(text.ToString());
            rest.Append('_');
        }
        Assert.EndsWith(":addresses [_]\r\n    _;\r\n}\r\n", rest.ToString(), StringComparison.Ordinal);
        return strings[^1];
    }
}
