using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace MariaDb.EntityFrameworkCore.Infrastructure;

/// <summary>The provider's part of the options of a context.</summary>
public sealed class MariaDbOptionsExtension : RelationalOptionsExtension
{
    private DbContextOptionsExtensionInfo? info;

    public MariaDbOptionsExtension()
    {
    }

    private MariaDbOptionsExtension(MariaDbOptionsExtension copyFrom) : base(copyFrom)
    {
    }

    public override DbContextOptionsExtensionInfo Info => info ??= new ExtensionInfo(this);

    public override void ApplyServices(IServiceCollection services) => services.AddEntityFrameworkMariaDb();

    protected override RelationalOptionsExtension Clone() => new MariaDbOptionsExtension(this);

    private sealed class ExtensionInfo(IDbContextOptionsExtension extension) : RelationalExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => true;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) => debugInfo["MariaDb"] = "1";
    }
}
