using System.Reflection;
using AdminPanel.Data;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Unit.Conventions;

/// <summary>Who may know whom (docs/architecture.md). An assembly that has learnt too much cannot stand alone any more.</summary>
public sealed class LayerTests
{
    private static readonly Assembly Driver = typeof(MariaDbConnection).Assembly;
    private static readonly Assembly Model = typeof(AdminDb).Assembly;
    private static readonly Assembly Provider = Assembly.Load("MariaDb.EntityFrameworkCore");

    [Fact]
    public void The_driver_knows_nothing_but_the_base_class_library() =>
        Assert.DoesNotContain(References(Driver), name => !name.StartsWith("System.", StringComparison.Ordinal));

    [Fact]
    public void The_provider_knows_the_driver_and_EF_and_no_mail() =>
        Assert.DoesNotContain(References(Provider), name => name.StartsWith("AdminPanel", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void The_model_knows_EF_and_neither_the_engine_nor_HTTP() =>
        Assert.DoesNotContain(References(Model), name => name.StartsWith("MariaDb", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name!);
}
