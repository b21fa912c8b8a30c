namespace AdminPanel.Web.Platform;

/// <summary>
/// Where settings come from, the later over the earlier: appsettings.json beside the program, /etc/adminpanel,
/// the environment (ADMINPANEL__SECTION__KEY), arguments (--Section:Key=value). Never the current directory.
/// </summary>
public static class PanelConfiguration
{
    private const string Prefix = "ADMINPANEL__";
    private const string ConnectionString = "ConnectionStrings:Panel";

    public static IConfigurationBuilder AddPanel(this IConfigurationBuilder configuration, string[] args)
    {
        configuration
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddJsonFile("/etc/adminpanel/appsettings.json", optional: true, reloadOnChange: false);
        // The one name that ASP.NET Core people type without the prefix.
        if (Environment.GetEnvironmentVariable("ConnectionStrings__Panel") is { Length: > 0 } plain)
            configuration.AddInMemoryCollection([new(ConnectionString, plain)]);
        return configuration.AddEnvironmentVariables(Prefix).AddCommandLine(args);
    }
}
