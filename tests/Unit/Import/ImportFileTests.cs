using System.Text;
using AdminPanel.Data;
using AdminPanel.Web.Features.Import;
using Xunit;

namespace AdminPanel.Tests.Unit.Import;

public sealed class ImportFileTests
{
    [Theory]
    [InlineData("address,name,quota\nann@example.org,Ann,5G\n", "2|ann@example.org|Ann|5G")]
    [InlineData("address;name;quota\r\nann@example.org;Ann;5G\r\n", "2|ann@example.org|Ann|5G")]
    [InlineData("address\tname\tquota\nann@example.org\tAnn\t5G", "2|ann@example.org|Ann|5G")]
    [InlineData("\uFEFFaddress,name,quota\nann@example.org,Ann,5G", "2|ann@example.org|Ann|5G")]
    [InlineData("Quota,E-Mail,Display_Name\n5G,ann@example.org,Ann", "2|ann@example.org|Ann|5G")]
    [InlineData("Adresse;Anzeigename;Kontingent\nann@example.org;Ann;5G", "2|ann@example.org|Ann|5G")]
    [InlineData("address,name,quota\n\n\nann@example.org,\"Berg, Ann \"\"A\"\"\",", "4|ann@example.org|Berg, Ann \"A\"|")]
    [InlineData("address,name,quota\n,,\nann@example.org", "3|ann@example.org||")]
    [InlineData("address,name,quota\na@example.org,\"two\nlines\",\nb@example.org,B,1G", "2|a@example.org|two\nlines|;4|b@example.org|B|1G")]
    [InlineData("address,name,quota\r=cmd|' /C calc'!A0,+1,-2", "2|=cmd|' /C calc'!A0|+1|-2")]
    public void Lines_are_read_by_their_headings_whatever_separates_them(string text, string expected)
    {
        var file = Read(text);

        Assert.Equal(expected, string.Join(';', file.Lines.Select(l => $"{l.Number}|{l.Address}|{l.Name}|{l.Quota}")));
        Assert.All(file.Lines, l => Assert.Null(l.Fault));
    }

    [Fact]
    public void Every_column_has_its_place_and_others_are_named()
    {
        var file = Read("address,password,Password Hash,active,Forward to,Shoe size,Used bytes\na@example.org, with spaces ,{SSHA}x,no,x@y.example z@y.example,42,7");

        Assert.Equal(new ImportLine(2, "a@example.org", null, " with spaces ", "{SSHA}x", null, "no", "x@y.example z@y.example"), Assert.Single(file.Lines));
        Assert.Equal(["Shoe size", "Used bytes"], file.Unused);
    }

    [Theory]
    [InlineData("address,name\na@example.org,\"open\nb@example.org,B", "2:CsvQuotes")]
    [InlineData("address,name\na@example.org,in \"the\" middle\nb@example.org,B", "2:CsvQuotes 3:")]
    [InlineData("address,name\na@example.org,A\0\nb@example.org,B", "2:CsvNul 3:")]
    [InlineData("address,name\na@example.org,A,too,many\nb@example.org,B", "2:CsvTooManyFields 3:")]
    public void A_line_that_cannot_be_read_says_why(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(text).Lines.Select(l => $"{l.Number}:{l.Fault?.Code}")));

    [Theory]
    [InlineData("", "CsvEmpty")]
    [InlineData("\n\n , \n", "CsvEmpty")]
    [InlineData("address,name\n", "CsvEmpty")]
    [InlineData("ann@example.org,Ann\n", "CsvNoAddressColumn")]
    [InlineData("address,email\nann@example.org,x", "CsvColumnTwice")]
    public void A_file_that_is_no_list_of_mailboxes_is_refused(string text, string code) => Assert.Equal(code, Refused(Encoding.UTF8.GetBytes(text)).Code);

    [Fact]
    public void Other_encodings_are_named()
    {
        Assert.Equal("CsvNotUtf8", Refused(Encoding.Latin1.GetBytes("address,name\nann@example.org,Grün")).Code);
        Assert.Equal("CsvNotUtf8", Refused([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("address,name\nann@example.org,Ann")]).Code);
    }

    [Fact]
    public void Files_lines_and_cells_beyond_all_measure_are_refused()
    {
        Assert.Equal("CsvTooLarge", Refused(new byte[(10 << 20) + 1]).Code);
        Assert.Equal("CsvTooManyLines", Refused(Encoding.UTF8.GetBytes("address\n" + string.Concat(Enumerable.Range(0, 20_001).Select(n => $"a{n}@example.org\n")))).Code);
        Assert.Equal(20_000, Read("address\n" + string.Concat(Enumerable.Range(0, 20_000).Select(n => $"a{n}@example.org\n"))).Lines.Count);
        Assert.Equal(new Problem("File", "CsvLineTooLong", 2, 100_000).Args, Refused(Encoding.UTF8.GetBytes($"address\n{new string('a', 1 << 20)}@example.org")).Args);
        Assert.Equal("CsvLineTooLong", Refused(Encoding.UTF8.GetBytes("address,name\na@example.org,\"" + string.Concat(Enumerable.Repeat("many\n", 30_000)))).Code);
        Assert.Equal("CsvLineTooLong", Refused(Encoding.UTF8.GetBytes(new string(',', 1 << 20))).Code);
    }

    /// <summary>Whatever the octets, there is a file or a sentence, and never an exception.</summary>
    [Fact]
    public void Random_octets_never_break_it()
    {
        const int Seed = 20_261_121;
        var random = new Random(Seed);
        var pieces = (string[])["address", ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "\r", "a@example.org", "\0", "=1+1", "é", "\uFEFF", " ", "name", "\U0001F600"];
        for (var i = 0; i < 10_000; i++)
        {
            var octets = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)])));
            if (random.Next(4) == 0 && octets.Length > 0) octets[random.Next(octets.Length)] = (byte)random.Next(256);

            var file = ImportFile.Read(octets, "File", out var problem);

            Assert.True(file is null != problem is null, $"seed {Seed}, round {i}");
            if (file is not null) Assert.Equal(file.Lines.Count, file.Lines.Select(l => l.Number).Distinct().Count());
        }
    }

    private static ImportFile Read(string text)
    {
        var file = ImportFile.Read(Encoding.UTF8.GetBytes(text), "File", out var problem);
        Assert.Null(problem);
        return file!;
    }

    private static Problem Refused(byte[] octets)
    {
        Assert.Null(ImportFile.Read(octets, "File", out var problem));
        return problem!;
    }
}
