using AdminPanel.Tests.Support;
using MariaDb.Client;
using MariaDb.Client.Native;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>A client library that is missing or too old is one sentence that says what to install.</summary>
public sealed class LibraryTests
{
    [Fact]
    public void A_missing_library_names_the_package()
    {
        var error = Assert.Throws<MariaDbException>(() => LibraryLoader.Load("libmariadb-that-is-not-here.so.3"));

        Assert.Equal("The MariaDB client library is missing: install the Debian package libmariadb3.", error.Message);
    }

    [CompilerFact]
    public async Task An_old_library_names_the_package()
    {
        Requirement.Compiler.Demand();
        var directory = Directory.CreateTempSubdirectory("panel-old-").FullName;
        try
        {
            await File.WriteAllTextAsync($"{directory}/old.c", "unsigned long mysql_get_client_version(void) { return 30109; }\n");
            await NativeLayoutTests.RunAsync("/usr/bin/gcc", "-shared", "-fPIC", $"{directory}/old.c", "-o", $"{directory}/libold.so");

            var error = Assert.Throws<MariaDbException>(() => LibraryLoader.Load($"{directory}/libold.so"));

            Assert.Equal("The MariaDB client library is too old (3.1.9, needed 3.3.0): install a newer Debian package libmariadb3.", error.Message);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
