using AdminPanel.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

public sealed class TypeTests(LibraryDatabase database) : LibraryTests(database)
{
    [MariaDbFact]
    public async Task Every_type_comes_back_as_it_was_saved()
    {
        var code = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
        var shelf = new Shelf { Name = "Ünïcode 📚 'quoted' \\ back", Price = 12345678.1234m, IsOpen = false, Limit = null };
        shelf.Books.Add(new Book
        {
            Title = "t", Text = new string('x', 70_000), Pages = int.MinValue, Weight = 0.1, Genre = Genre.Manual,
            Published = new DateOnly(1999, 12, 31), Opens = new TimeOnly(23, 59, 58, 999), Reading = new TimeSpan(-30, 4, 5, 6, 789),
            Code = code, Cover = [0, 255, 39, 92], Scan = null, AddedAt = new DateTime(2026, 11, 21, 3, 4, 5, DateTimeKind.Utc).AddMicroseconds(678901),
            SeenAt = new DateTimeOffset(2026, 11, 21, 5, 0, 0, TimeSpan.FromHours(2)), Version = long.MaxValue,
        });

        await SaveAsync(shelf);

        await using var db = Database.Open();
        var saved = await db.Books.Include(b => b.Shelf).SingleAsync();
        Assert.Equal("Ünïcode 📚 'quoted' \\ back", saved.Shelf!.Name);
        Assert.Equal(12345678.1234m, saved.Shelf.Price);
        Assert.False(saved.Shelf.IsOpen);
        Assert.Null(saved.Shelf.Limit);
        Assert.Equal(70_000, saved.Text!.Length);
        Assert.Equal(int.MinValue, saved.Pages);
        Assert.Equal(0.1, saved.Weight);
        Assert.Equal(Genre.Manual, saved.Genre);
        Assert.Equal(new DateOnly(1999, 12, 31), saved.Published);
        Assert.Equal(new TimeOnly(23, 59, 58, 999), saved.Opens);
        Assert.Equal(new TimeSpan(-30, 4, 5, 6, 789), saved.Reading);
        Assert.Equal(code, saved.Code);
        Assert.Equal([0, 255, 39, 92], saved.Cover);
        Assert.Null(saved.Scan);
        Assert.Equal(new DateTime(2026, 11, 21, 3, 4, 5).AddMicroseconds(678901), saved.AddedAt);
        Assert.Equal(DateTimeKind.Utc, saved.AddedAt.Kind);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero), saved.SeenAt);
        Assert.Equal(TimeSpan.Zero, saved.SeenAt!.Value.Offset);
        Assert.Equal(long.MaxValue, saved.Version);
    }

    [MariaDbTheory]
    [InlineData("Id", "bigint(20)")]
    [InlineData("Title", "varchar(200)")]
    [InlineData("Text", "longtext")]
    [InlineData("Pages", "int(11)")]
    [InlineData("Weight", "double")]
    [InlineData("Genre", "varchar(16)")]
    [InlineData("Published", "date")]
    [InlineData("Opens", "time(6)")]
    [InlineData("Reading", "time(6)")]
    [InlineData("Code", "char(36)")]
    [InlineData("Cover", "varbinary(64)")]
    [InlineData("Scan", "longblob")]
    [InlineData("AddedAt", "datetime(6)")]
    [InlineData("SeenAt", "datetime(6)")]
    public async Task A_column_has_the_type_that_holds_the_value(string column, string type) =>
        Assert.Equal(type, await AskAsync(
            $"SELECT column_type FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'Books' AND column_name = '{column}'"));

    [MariaDbFact]
    public async Task A_literal_means_what_the_parameter_means()
    {
        await SaveAsync(AShelf("it's a \\ backslash"));

        await using var db = Database.Open();
        Assert.Equal(1, await db.Shelves.CountAsync(s => s.Name == "it's a \\ backslash"));
        var name = "it's a \\ backslash";
        Assert.Equal(1, await db.Shelves.CountAsync(s => s.Name == name));
    }

    [MariaDbFact]
    public async Task Literals_of_times_numbers_and_bytes_are_understood_by_the_server()
    {
        var book = ABook("t");
        (book.AddedAt, book.Published, book.Reading) = (new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), new DateOnly(2026, 1, 2), TimeSpan.FromMinutes(-90));
        (book.Code, book.Cover, book.Weight) = (new Guid("0f8fad5b-d9cb-469f-a165-70867728950e"), [1, 2], 1e-7);
        await SaveAsync(AShelf("s", book));

        await using var db = Database.Open();
        Assert.Equal(1, await db.Books.CountAsync(b => EF.Constant(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)) == b.AddedAt));
        Assert.Equal(1, await db.Books.CountAsync(b => EF.Constant(new DateOnly(2026, 1, 2)) == b.Published));
        Assert.Equal(1, await db.Books.CountAsync(b => EF.Constant(TimeSpan.FromMinutes(-90)) == b.Reading));
        Assert.Equal(1, await db.Books.CountAsync(b => EF.Constant(new Guid("0f8fad5b-d9cb-469f-a165-70867728950e")) == b.Code));
        byte[] bytes = [1, 2];
        Assert.Equal(1, await db.Books.CountAsync(b => EF.Constant(bytes) == b.Cover));
        Assert.Equal(1, await db.Books.CountAsync(b => EF.Constant(1e-7) == b.Weight));
        Assert.Equal(1, await db.Books.CountAsync(b => b.Genre == Genre.Novel));
    }

    [MariaDbFact]
    public async Task A_local_time_is_saved_as_the_moment_it_is()
    {
        var book = ABook("t");
        book.AddedAt = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc).ToLocalTime();

        await SaveAsync(AShelf("s", book));

        Assert.Equal("2026-07-01 12:00:00.000000", await AskAsync("SELECT AddedAt FROM Books"));
    }
}
