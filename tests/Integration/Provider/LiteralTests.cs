using AdminPanel.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

/// <summary>Values that stand in the text of a statement.</summary>
public sealed class LiteralTests(LibraryDatabase database) : LibraryTests(database)
{
    [MariaDbFact]
    public async Task A_constant_cannot_leave_its_quotes()
    {
        string[] hostile = ["'", "\\", "\\'", "'' OR 1=1 -- ", "\\' OR 1=1 -- ", "a\0b", "@p ? `", "\r\n\u001a", "/*! 1 */", "\"", "😀'"];
        await SaveAsync([.. hostile.Select(text => AShelf(text))]);

        await using var db = Database.Open();
        foreach (var text in hostile)
        {
            Assert.Equal([text], await db.Shelves.Where(s => s.Name == EF.Constant(text)).Select(s => s.Name).ToListAsync());
            List<string> list = [text, "nothing else"];
            Assert.Equal([text], await db.Shelves.Where(s => EF.Constant(list).Contains(s.Name)).Select(s => s.Name).ToListAsync());
            // A comment may not hold a NUL (the server ends the statement there); everything else it may.
            Assert.Equal(1, await db.Shelves.TagWith(text.Replace("\0", "", StringComparison.Ordinal)).TagWith("*/ ' \" @x\n; DROP TABLE shelves").CountAsync(s => s.Name == text));
        }
    }

    [MariaDbFact]
    public async Task Constants_at_the_edges_of_their_types_are_what_was_saved()
    {
        var book = ABook("t");
        (book.Opens, book.Reading) = (new TimeOnly(1, 2, 3).Add(TimeSpan.FromTicks(4567890)), new TimeSpan(-30, 4, 5, 6, 789));
        (book.Version, book.Weight, book.Published) = (long.MinValue, double.MaxValue, DateOnly.MaxValue);
        (book.AddedAt, book.SeenAt) = (DateTime.MaxValue.AddTicks(-9), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)).AddTicks(1234560));
        await SaveAsync(AShelf("s", book));

        await using var db = Database.Open();
        Assert.Equal(1, await db.Books.CountAsync(b => b.Opens == EF.Constant(book.Opens)));
        Assert.Equal(1, await db.Books.CountAsync(b => b.Reading == EF.Constant(book.Reading)));
        Assert.Equal(1, await db.Books.CountAsync(b => b.Version == EF.Constant(book.Version)));
        Assert.Equal(1, await db.Books.CountAsync(b => b.Weight == EF.Constant(book.Weight)));
        Assert.Equal(1, await db.Books.CountAsync(b => b.Published == EF.Constant(book.Published)));
        Assert.Equal(1, await db.Books.CountAsync(b => b.AddedAt == EF.Constant(book.AddedAt)));
        Assert.Equal(1, await db.Books.CountAsync(b => b.SeenAt == EF.Constant(book.SeenAt)));
        Assert.Equal(1, await db.Books.CountAsync(b => b.Pages - EF.Constant(-1) == 101));
    }
}
