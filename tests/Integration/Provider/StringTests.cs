using AdminPanel.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

/// <summary>The title's collation ignores case, the shelf name's compares octets.</summary>
public sealed class StringTests(LibraryDatabase database) : LibraryTests(database)
{
    private static readonly string[] Hostile = ["100% sure", "under_score", "back\\slash", "pipe|pipe", "quote'quote", "", "ÄÖÜ", "a 📚"];

    [MariaDbFact]
    public async Task A_text_is_found_by_its_start_end_and_middle_whatever_characters_it_has()
    {
        await SaveAsync([.. Hostile.Select(text => AShelf($"<{text}>"))]);

        await using var db = Database.Open();
        foreach (var text in Hostile)
        {
            var (start, end) = ("<" + text, text + ">");
            var expected = text.Length == 0 ? Hostile.Length : 1;
            Assert.Equal(expected, await db.Shelves.CountAsync(s => s.Name.StartsWith(start)));
            Assert.Equal(expected, await db.Shelves.CountAsync(s => s.Name.EndsWith(end)));
            Assert.Equal(expected, await db.Shelves.CountAsync(s => s.Name.Contains(text)));
            Assert.Equal(expected, await db.Shelves.CountAsync(s => s.Name.StartsWith(EF.Constant(start))));
            Assert.Equal(expected, await db.Shelves.CountAsync(s => s.Name.Contains(EF.Constant(text))));
        }
    }

    [MariaDbFact]
    public async Task A_percent_sign_is_no_wildcard()
    {
        await SaveAsync(AShelf("1000 sure"), AShelf("100% sure"));

        await using var db = Database.Open();
        Assert.Equal("100% sure", await db.Shelves.Where(s => s.Name.StartsWith("100%")).Select(s => s.Name).SingleAsync());
        Assert.Equal("100% sure", await db.Shelves.Where(s => s.Name.Contains("% s")).Select(s => s.Name).SingleAsync());
        Assert.Equal(0, await db.Shelves.CountAsync(s => s.Name.EndsWith("_ure")));
    }

    [MariaDbFact]
    public async Task A_search_by_prefix_walks_the_index()
    {
        await SaveAsync([.. Enumerable.Range(0, 300).Select(i => AShelf($"shelf {i:000}"))]);
        var prefix = "shelf 12";

        await using var db = Database.Open();
        Assert.Equal(10, await db.Shelves.CountAsync(s => s.Name.StartsWith(prefix)));

        Assert.Contains("range", await AskAsync("ANALYZE TABLE shelves; EXPLAIN SELECT COUNT(*) FROM shelves WHERE Name LIKE 'shelf 12%' ESCAPE '|'"), StringComparison.Ordinal);
        Assert.Contains("LIKE @", Database.Statements[^1], StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_column_can_be_searched_for_another_columns_text()
    {
        var (match, other) = (ABook("50% of_all"), ABook("nothing"));
        (match.Text, other.Text) = ("50%", "of");
        await SaveAsync(AShelf("s", match, other));

        await using var db = Database.Open();
        string Only(IQueryable<Book> books) => books.Select(b => b.Title).Single();
        Assert.Equal("50% of_all", Only(db.Books.Where(b => EF.Functions.Collate(b.Title, "utf8mb4_bin").StartsWith(EF.Functions.Collate(b.Text!, "utf8mb4_bin")))));
        Assert.Equal("50% of_all", Only(db.Books.Where(b => EF.Functions.Collate(b.Title, "utf8mb4_bin").Contains(EF.Functions.Collate(b.Text!, "utf8mb4_bin")))));
    }

    [MariaDbFact]
    public async Task The_text_of_a_value_object_is_searched_by_its_column()
    {
        await SaveAsync(AShelf("s", ABook("a", genre: Genre.Novel), ABook("b", genre: Genre.Poem)));
        var prefix = "Po";

        await using var db = Database.Open();
        Assert.Equal("b", await db.Books.Where(b => ((string)(object)b.Genre).StartsWith(prefix)).Select(b => b.Title).SingleAsync());
        Assert.Equal("b", await db.Books.Where(b => ((string)(object)b.Genre).EndsWith("em")).Select(b => b.Title).SingleAsync());
        Assert.Equal("a", await db.Books.Where(b => ((string)(object)b.Genre).Contains('v')).Select(b => b.Title).SingleAsync());
        Assert.DoesNotContain("CAST", Database.Statements[0], StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_list_is_continued_after_its_last_key()
    {
        await SaveAsync(AShelf("a"), AShelf("b"), AShelf("c"));
        var last = "a";

        await using var db = Database.Open();
        Assert.Equal(["b", "c"], await db.Shelves.Where(s => s.Name.CompareTo(last) > 0).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync());
        Assert.Equal(["a", "b"], await db.Shelves.Where(s => s.Name.CompareTo("c") < 0).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync());
        Assert.Contains("`s`.`Name` > @", Database.Statements[0], StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task Null_contains_nothing()
    {
        await SaveAsync(AShelf("s", ABook("no text")));
        string? nothing = null;

        await using var db = Database.Open();
        Assert.Equal(0, await db.Books.CountAsync(b => b.Text!.Contains("")));
        Assert.Equal(1, await db.Books.CountAsync(b => !b.Text!.Contains('x')));
        Assert.Equal(0, await db.Books.CountAsync(b => b.Title.StartsWith(nothing!)));
    }

    [MariaDbFact]
    public async Task Functions_of_strings_answer_as_in_dotnet()
    {
        await SaveAsync(AShelf("  Äpfel 📚  "));

        await using var db = Database.Open();
        var row = await db.Shelves.Select(s => new
        {
            Length = s.Name.Trim().Length,
            Lower = s.Name.Trim().ToLowerInvariant(),
            Upper = s.Name.Trim().ToUpperInvariant(),
            From2 = s.Name.Substring(2),
            Two = s.Name.Substring(2, 2),
            Replaced = s.Name.Replace("pf", "PF"),
            Index = s.Name.IndexOf("pf"),
            Missing = s.Name.IndexOf("zz"),
            Start = s.Name.TrimStart(),
            End = s.Name.TrimEnd(),
            Sum = s.Name.Trim() + "/" + s.Capacity,
            Joined = string.Concat(s.Name.Trim(), "-", s.Name.Trim()),
        }).SingleAsync();

        // The book is one character to the server and two UTF-16 units to .NET.
        Assert.Equal(7, row.Length);
        Assert.Equal("äpfel 📚", row.Lower);
        Assert.Equal("ÄPFEL 📚", row.Upper);
        Assert.Equal("Äpfel 📚  ", row.From2);
        Assert.Equal("Äp", row.Two);
        Assert.Equal("  ÄPFel 📚  ", row.Replaced);
        Assert.Equal(3, row.Index);
        Assert.Equal(-1, row.Missing);
        Assert.Equal("Äpfel 📚  ", row.Start);
        Assert.Equal("  Äpfel 📚", row.End);
        Assert.Equal("Äpfel 📚/10", row.Sum);
        Assert.Equal("Äpfel 📚-Äpfel 📚", row.Joined);
    }

    [MariaDbFact]
    public async Task The_columns_collation_decides_what_is_equal_and_Collate_overrules_it()
    {
        await SaveAsync(AShelf("Shelf", ABook("Title")));

        await using var db = Database.Open();
        Assert.Equal(0, await db.Shelves.CountAsync(s => s.Name == "shelf"));
        Assert.Equal(0, await db.Shelves.CountAsync(s => s.Name == "Shelf "));
        Assert.Equal(1, await db.Books.CountAsync(b => b.Title == "TITLE"));
        Assert.Equal(1, await db.Shelves.CountAsync(s => EF.Functions.Collate(s.Name, "utf8mb4_unicode_520_ci") == "shelf"));
        Assert.Equal(0, await db.Books.CountAsync(b => EF.Functions.Collate(b.Title, "utf8mb4_nopad_bin") == "TITLE"));
    }

    [MariaDbFact]
    public async Task Like_takes_the_callers_wildcards()
    {
        await SaveAsync(AShelf("abc"), AShelf("a%c"));

        await using var db = Database.Open();
        Assert.Equal(2, await db.Shelves.CountAsync(s => EF.Functions.Like(s.Name, "a_c")));
        Assert.Equal(1, await db.Shelves.CountAsync(s => EF.Functions.Like(s.Name, "a!%c", "!")));
        Assert.Equal(1, await db.Shelves.CountAsync(s => !EF.Functions.Like(s.Name, "%b%")));
    }

    [MariaDbFact]
    public async Task Empty_and_blank_are_told_apart_from_text()
    {
        await SaveAsync(AShelf(""), AShelf("  "), AShelf("x"));

        await using var db = Database.Open();
        Assert.Equal(1, await db.Shelves.CountAsync(s => string.IsNullOrEmpty(s.Name)));
        Assert.Equal(2, await db.Shelves.CountAsync(s => string.IsNullOrWhiteSpace(s.Name)));
    }
}
