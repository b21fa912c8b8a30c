using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using Serilog.Formatting.Json;

namespace AdminPanel.Web.Platform.Logging;

/// <summary>
/// Serilog by section "Panel:Log": Level (Information), Json (false), File (none; rolls daily and at 100 MB, 31 are
/// kept). What a line says is in the Log.cs of each feature; no password, hash, token or key is in any of them.
/// </summary>
public static class PanelLogging
{
    private const string Line = "{Timestamp:yyyy-MM-dd'T'HH:mm:ss.fffzzz} [{Level:u3}] {RequestId} {SourceContext}: {Message:lj}{NewLine}{Exception}";
    private const long LargestFile = 100L * 1024 * 1024;
    private const int FilesKept = 31;

    /// <summary>For the web host: console and file.</summary>
    /// <exception cref="SettingException">A setting is not a level, or not true or false.</exception>
    public static Logger ForServer(IConfiguration configuration)
    {
        var log = configuration.GetSection("Panel:Log");
        var level = Level(log["Level"]);
        ITextFormatter format = IsJson(log["Json"])
            ? new JsonFormatter(renderMessage: true, formatProvider: CultureInfo.InvariantCulture)
            : new MessageTemplateTextFormatter(Line, CultureInfo.InvariantCulture);
        var logger = Quiet(new LoggerConfiguration().MinimumLevel.Is(level)).WriteTo.Console(format);
        if (!string.IsNullOrWhiteSpace(log["File"]))
        {
            logger.WriteTo.File(format, log["File"]!, rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: LargestFile, rollOnFileSizeLimit: true, retainedFileCountLimit: FilesKept);
        }
        return logger.CreateLogger();
    }

    /// <summary>For CLI verbs: warnings and worse, on standard error, so that standard output stays the answer.</summary>
    public static Logger ForCommandLine() =>
        Quiet(new LoggerConfiguration().MinimumLevel.Warning())
            .WriteTo.Console(new MessageTemplateTextFormatter("{Level:u3} {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture), standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();

    // The framework's own lines hold whole URLs (a setup token is in one) and SQL: never below warning.
    private static LoggerConfiguration Quiet(LoggerConfiguration logger) => logger
        .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
        .MinimumLevel.Override("System", LogEventLevel.Warning)
        .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
        // These throw what they log, stack and all, and whoever catches it says it once.
        .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection.KeyManagement.KeyRingProvider", LogEventLevel.Fatal)
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Database", LogEventLevel.Fatal)
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Query", LogEventLevel.Fatal)
        .MinimumLevel.Override("Microsoft.EntityFrameworkCore.Update", LogEventLevel.Fatal)
        .Enrich.FromLogContext();

    private static LogEventLevel Level(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return LogEventLevel.Information;
        if (Enum.TryParse<LogEventLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)) return level;

        throw new SettingException($"Panel:Log:Level is \"{text}\": use Debug, Information, Warning or Error.");
    }

    private static bool IsJson(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return false;

        return bool.TryParse(text, out var json) ? json : throw new SettingException($"Panel:Log:Json is \"{text}\": use true or false.");
    }
}
