using System.Collections.Concurrent;
using AdminPanel.Tests.Support;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Xunit;

namespace AdminPanel.Tests.Integration.Provider;

/// <summary>A database of its own for one test class, made by EnsureCreated.</summary>
public sealed class LibraryDatabase : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> statements = new();

    internal PrivateMariaDb Server { get; private set; } = null!;

    internal string Name { get; private set; } = "";

    internal string ConnectionString => Server.ConnectionString(Name);

    /// <summary>The SQL of every command since the last <see cref="ForgetStatements"/>.</summary>
    internal IReadOnlyList<string> Statements => [.. statements];

    public async Task InitializeAsync()
    {
        if (Requirement.MariaDb.Repair is not null) return;

        Server = await PrivateMariaDb.Shared;
        Name = await Server.CreateDatabaseAsync("library");
        await using var db = Open();
        await db.Database.EnsureCreatedAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal Library Open(Action<MariaDbOptionsBuilder>? configure = null) => Open(ConnectionString, configure);

    internal Library Open(string connectionString, Action<MariaDbOptionsBuilder>? configure = null) => new(
        new DbContextOptionsBuilder<Library>()
            .UseMariaDb(connectionString, configure)
            .LogTo(statements.Enqueue, [RelationalEventId.CommandExecuting], LogLevel.Debug)
            .EnableSensitiveDataLogging()
            .Options);

    internal void ForgetStatements() => statements.Clear();

    internal Task EmptyAsync() => Server.ExecuteAsync("DELETE FROM Loans; DELETE FROM Books; DELETE FROM shelves; DELETE FROM Tickets", Name);
}

/// <summary>A test class on the library: every test starts with empty tables.</summary>
public abstract class LibraryTests(LibraryDatabase database) : IClassFixture<LibraryDatabase>, IAsyncLifetime
{
    private protected LibraryDatabase Database { get; } = database;

    private protected PrivateMariaDb Server => Database.Server;

    public async Task InitializeAsync()
    {
        if (Database.Server is null) return;

        await Database.EmptyAsync();
        Database.ForgetStatements();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private protected static Shelf AShelf(string name, params Book[] books)
    {
        var shelf = new Shelf { Name = name };
        shelf.Books.AddRange(books);
        return shelf;
    }

    private protected static Book ABook(string title, int pages = 100, Genre genre = Genre.Novel) => new() { Title = title, Pages = pages, Genre = genre };

    private protected async Task SaveAsync(params object[] entities)
    {
        await using var db = Database.Open();
        db.AddRange(entities);
        await db.SaveChangesAsync();
        Database.ForgetStatements();
    }

    /// <summary>One value, as the mariadb client prints it.</summary>
    private protected async Task<string> AskAsync(string sql) => (await Server.ExecuteAsync(sql, Database.Name)).TrimEnd('\n');
}
