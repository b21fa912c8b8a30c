using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Tests.Integration.Provider;

/// <summary>A small model with a column of every type the provider maps: it knows no mail, like the provider.</summary>
internal sealed class Library(DbContextOptions<Library> options) : DbContext(options)
{
    public DbSet<Shelf> Shelves => Set<Shelf>();

    public DbSet<Book> Books => Set<Book>();

    public DbSet<Ticket> Tickets => Set<Ticket>();

    public DbSet<Loan> Loans => Set<Loan>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Shelf>(shelf =>
        {
            shelf.ToTable("shelves", table => table.HasCheckConstraint("ck_shelves_capacity", "`Capacity` > 0"));
            shelf.Property(s => s.Name).HasMaxLength(100).UseCollation("utf8mb4_nopad_bin");
            shelf.HasIndex(s => s.Name).IsUnique();
            shelf.Property(s => s.Price).HasPrecision(12, 4);
        });
        modelBuilder.Entity<Book>(book =>
        {
            book.Property(b => b.Title).HasMaxLength(200).UseCollation("utf8mb4_unicode_520_nopad_ci");
            book.Property(b => b.Text).UseCollation("utf8mb4_nopad_bin");
            book.Property(b => b.Genre).HasConversion(genre => genre.ToString(), word => Enum.Parse<Genre>(word)).HasMaxLength(16);
            book.Property(b => b.Version).IsConcurrencyToken();
            book.Property(b => b.Cover).HasMaxLength(64);
        });
        modelBuilder.Entity<Ticket>(ticket =>
        {
            ticket.Property(t => t.State).HasMaxLength(16).HasDefaultValue("new");
            ticket.Property(t => t.MadeAt).HasDefaultValueSql("UTC_TIMESTAMP(6)");
            ticket.Property(t => t.Shout).HasMaxLength(16).HasComputedColumnSql("UPPER(`State`)", stored: true).ValueGeneratedOnAdd();
        });
        modelBuilder.Entity<Loan>(loan =>
        {
            loan.HasKey(l => new { l.BookId, l.Reader });
            loan.Property(l => l.Reader).HasMaxLength(50);
            loan.HasOne<Book>().WithMany().HasForeignKey(l => l.BookId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}

internal sealed class Shelf
{
    public long Id { get; init; }

    public required string Name { get; set; }

    public int Capacity { get; set; } = 10;

    public bool IsOpen { get; set; } = true;

    public decimal? Price { get; set; }

    public int? Limit { get; set; }

    public List<Book> Books { get; } = [];
}

internal enum Genre
{
    Novel,
    Poem,
    Manual,
}

internal sealed class Book
{
    public long Id { get; init; }

    public long ShelfId { get; set; }

    public Shelf? Shelf { get; set; }

    public required string Title { get; set; }

    public string? Text { get; set; }

    public int Pages { get; set; }

    public double Weight { get; set; }

    public Genre Genre { get; set; }

    public DateOnly Published { get; set; }

    public TimeOnly Opens { get; set; }

    public TimeSpan Reading { get; set; }

    public Guid Code { get; set; }

    public byte[]? Cover { get; set; }

    public byte[]? Scan { get; set; }

    public DateTime AddedAt { get; set; }

    public DateTimeOffset? SeenAt { get; set; }

    public long Version { get; set; }
}

internal sealed class Ticket
{
    public long Id { get; init; }

    public string State { get; set; } = null!;

    public DateTime MadeAt { get; set; }

    public string Shout { get; set; } = null!;
}

internal sealed class Loan
{
    public long BookId { get; set; }

    public required string Reader { get; set; }
}
