using System.Text;
using AdminPanel.Web.Features.Filters;
using AdminPanel.Web.Features.Scripts;
using Xunit;
using Xunit.Abstractions;

namespace AdminPanel.Tests.Unit.Filters;

/// <summary>Rules as a sieve script; tests/MailStack shows what the mail server does with one.</summary>
public sealed class FilterScriptTests(ITestOutputHelper output)
{
    [Fact]
    public void A_rule_that_ends_the_others_puts_them_into_an_else_so_that_the_reply_still_runs()
    {
        var script = Script(
            A("Lists", [new(FilterPart.Header, FilterTest.Is, "List-Id", "club")]) with { Folder = "Lists/Club", Stops = true },
            A("Boss", [new(FilterPart.From, FilterTest.Is, null, "boss@example.org"), new(FilterPart.Subject, FilterTest.StartsWith, null, "Re: *")]) with { Delivery = FilterDelivery.Keep, Flags = true, MarksRead = true },
            A("Big", [new(FilterPart.Larger, FilterTest.Is, null, "5242880")]) with { Delivery = FilterDelivery.Copy, Folder = "Big", SendsTo = "x@example.net", Stops = true },
            A("Rest", [new(FilterPart.To, FilterTest.ContainsNot, null, "me@")]) with { Delivery = FilterDelivery.Nothing, Stops = true });

        Assert.Equal(
            """
            # Kept by the mail panel: what is changed here is lost.
            require ["copy", "fileinto", "imap4flags", "mailbox"];
            # Lists
            if header :is "List-Id" "club" {
              fileinto :create "Lists/Club";
            }
            else {
              # Boss
              if allof (address :is "from" "boss@example.org", header :matches "subject" "Re: \\**") {
                addflag ["\\Seen", "\\Flagged"];
              }
              # Big
              if size :over 5242880 {
                fileinto :copy :create "Big";
                redirect :copy "x@example.net";
              }
              # Rest
              elsif not header :contains ["to", "cc"] "me@" {
                discard;
                stop;
              }
            }

            """.ReplaceLineEndings("\r\n"),
            script);
    }

    [Fact]
    public void Spam_is_left_alone_by_rules_that_do_not_ask_for_it()
    {
        FilterRule[] rules =
        [
            A("Any", [new(FilterPart.Subject, FilterTest.Is, null, "a"), new(FilterPart.From, FilterTest.EndsWith, null, "@b.example")]) with { Match = FilterMatch.Any },
            A("Spam", [new(FilterPart.Spam, FilterTest.Is, null, null)]) with { Delivery = FilterDelivery.Trash, Folder = null },
            A("Off", [new(FilterPart.Spam, FilterTest.Is, null, null)]) with { IsOn = false },
        ];

        Assert.Equal(
            """
            # Any
            if allof (not header :is "X-Spam" "Yes", anyof (header :is "subject" "a", address :matches "from" "*@b.example")) {
              fileinto :create "F";
            }
            # Spam
            if header :is "X-Spam" "Yes" {
              fileinto :create "Trash";
            }

            """,
            FilterScript.Render(rules, new SpamMark(IsOurs: true, From: null))!.Text);
        Assert.DoesNotContain("not header", FilterScript.Render(rules, new SpamMark(IsOurs: false, From: null))!.Text, StringComparison.Ordinal);
        Assert.Null(FilterScript.Render([rules[2]], new SpamMark(IsOurs: true, From: null)));
    }

    /// <summary>Pigeonhole takes 32 blocks in one another (sieve-limits.h).</summary>
    [Fact]
    public void As_many_rules_as_there_may_be_are_not_too_deep()
    {
        var rules = Enumerable.Range(0, 50).Select(i => A($"{i}", [new(FilterPart.Subject, FilterTest.Is, null, $"{i}")]) with { Stops = i % 2 == 0 });

        var (depth, deepest) = (0, 0);
        foreach (var c in FilterScript.Render(rules, new SpamMark(IsOurs: true, From: null))!.Text) deepest = Math.Max(deepest, depth += c == '{' ? 1 : c == '}' ? -1 : 0);

        Assert.Equal((0, 26), (depth, deepest));
    }

    [Theory]
    [InlineData("\"; redirect \"thief@example.net\"; #")]
    [InlineData("\\\"; discard; #")]
    [InlineData("\\")]
    [InlineData("${hex:22 3b}")]
    [InlineData("# no comment /* nor this */")]
    [InlineData("*?*\\*")]
    [InlineData("a\nredirect \"thief@example.net\";")]
    public void Nothing_leaves_its_string_or_comment(string text) => AssertContained(text);

    [Fact]
    public void Nothing_leaves_its_string_or_comment_whatever_it_is()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 10_000; i++) AssertContained(string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => "\"\\;{}[]#$\r\n.ax \u00fc\t/*:?"[random.Next(20)])));
    }

    /// <summary>What stands outside of strings and comments is the same whatever people write into them.</summary>
    private static void AssertContained(string text) => Assert.Equal(Read(Hostile("x")).Outside, Read(Hostile(text)).Outside);

    private static string Hostile(string text) => Script(
        A(text, [new(FilterPart.Header, FilterTest.EndsWith, "X-A", text), new(FilterPart.From, FilterTest.Contains, null, text)]) with { Folder = text, SendsTo = "a@example.net" });

    /// <summary>Reads the script as a sieve engine does.</summary>
    private static (string Outside, List<string> Strings) Read(string script)
    {
        var (outside, strings) = (new StringBuilder(), new List<string>());
        for (var i = 0; i < script.Length; i++)
        {
            if (script[i] == '#')
            {
                while (script[i] != '\n') i++;
            }
            else if (script[i] == '"')
            {
                var start = i;
                for (i++; script[i] != '"'; i++) i += script[i] == '\\' ? 1 : 0;
                strings.Add(script[start..i]);
                outside.Append('_');
            }
            else
            {
                outside.Append(script[i]);
            }
        }
        return (outside.ToString(), strings);
    }

    private static string Script(params FilterRule[] rules) => ScriptText.Render(FilterScript.Render(rules, new SpamMark(IsOurs: false, From: null)))!;

    private static FilterRule A(string name, FilterCondition[] conditions) => new() { Name = name, Conditions = conditions, Delivery = FilterDelivery.Move, Folder = "F" };
}
