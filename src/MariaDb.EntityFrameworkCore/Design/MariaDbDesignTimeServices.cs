using MariaDb.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;

[assembly: DesignTimeProviderServices("MariaDb.EntityFrameworkCore.Design.MariaDbDesignTimeServices")]

namespace MariaDb.EntityFrameworkCore.Design;

/// <summary>What `dotnet ef` needs of the provider: migrations and compiled models. Scaffolding from a database is not offered.</summary>
public sealed class MariaDbDesignTimeServices : IDesignTimeServices
{
    public void ConfigureDesignTimeServices(IServiceCollection serviceCollection)
    {
        serviceCollection.AddEntityFrameworkMariaDb();
        new EntityFrameworkRelationalDesignServicesBuilder(serviceCollection).TryAddCoreServices();
    }
}
