using AdminPanel.Web.Features.Audit.Seals;
using AdminPanel.Web.Features.ClientSetup;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.Import;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.Sessions;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Features.SignIn;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.DataProtection;
using AdminPanel.Web.Platform.Logging;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Serilog;
using Serilog.Extensions.Logging;

namespace AdminPanel.Web.Features.Serve;

/// <summary>The web host: `adminpanel serve`.</summary>
public static class PanelHost
{
    /// <summary>libmariadb blocks its thread while a query runs; with the default of one a core, 100 slow queries take 40 times as long.</summary>
    private const int Threads = 128;

    private const int Refused = 1;
    private const int OutsideFailed = 3;

    /// <summary>Serves until a signal ends it.</summary>
    /// <param name="args">Settings as --Section:Key=value.</param>
    /// <returns>Exit status: 0 ended by a signal, 1 a setting is refused, 3 the address cannot be bound.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            await using var app = Build(args);
            await app.RunAsync();
            return 0;
        }
        catch (SettingException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Refused;
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return OutsideFailed;
        }
    }

    /// <summary>The whole app, not started. It starts and answers while the database is down.</summary>
    /// <exception cref="SettingException">A setting is missing or refused.</exception>
    public static WebApplication Build(string[] args)
    {
        // Empty: no other source of settings than ours, so no Kestrel section or ASPNETCORE_URLS opens a port past the rules.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(PanelHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Configuration.AddPanel(args);
        var settings = PanelSettings.Read(builder.Configuration);
        var keyFile = KeyFile.Open(settings.KeyFile);
        builder.Logging.AddSerilog(PanelLogging.ForServer(builder.Configuration), dispose: true);
        // It opens a scope with a request id of its own, which would stand on every line instead of RequestTrail's.
        builder.Logging.AddFilter<SerilogLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(settings));
        // Before publishing, assets are where the project has them; the build leaves a file that says where.
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "AdminPanel.Web.staticwebassets.runtime.json"))) builder.WebHost.UseStaticWebAssets();
        builder.Services.AddPanelCore(builder.Configuration);
        AddWeb(builder.Services, settings, keyFile);
        ThreadPool.SetMinThreads(Threads, Threads);

        var app = builder.Build();
        Use(app, settings);
        return app;
    }

    private static void AddWeb(IServiceCollection services, PanelSettings settings, KeyFile keyFile)
    {
        services.AddSingleton(settings);
        services.AddKeyRing(keyFile);
        services.AddLocalization();
        services.AddSingleton<Show>().AddSingleton<ShareLink>();
        services.AddExceptionHandler<FaultLog>();
        services.AddSignIn(settings).AddPasskeys(settings);
        services.AddHostedService<JobWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<SignInRecorder>());
        services.AddHostedService<ExpiredImports>();
        services.AddHostedService<AuditSealer>();
        services.AddScoped<NoticeLetters>().AddScoped<SendNotice>().AddHostedService<NoticeWorker>();
        services.AddHostedService<FigureWorker>().AddHostedService<SessionEndSweep>().AddHostedService<DnsWatch>().AddHostedService<ScriptWorker>().AddHostedService<WarmWords>();
        services.AddSingleton<IHttpResponseStreamWriterFactory, WholePages>();
        services.AddRazorPages(options =>
        {
            options.RootDirectory = "/Features";
            options.Conventions.ConfigureFilter(new ReadableForms());
        });
    }

    // The order is the way of a request: what stands first sees every answer.
    private static void Use(WebApplication app, PanelSettings settings)
    {
        app.UseMiddleware<SignInReports>();
        app.UseMiddleware<RequestTrail>();
        app.UseMiddleware<SecurityHeaders>();
        if (settings.HasProxy) app.UseForwardedHeaders(Forwarded(settings));
        app.UseMiddleware<HttpsOnly>();
        app.UseRequestLocalization(Language.Options());
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            AllowStatusCode404Response = true,
            StatusCodeSelector = FaultLog.StatusOf,
            SuppressDiagnosticsCallback = _ => true,
        });
        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAccountLanguage();
        app.UseAuthorization();
        app.MapHealth();
        app.MapIcons();
        app.MapMtaSts();
        app.MapClientSetup();
        app.MapStaticAssets().AllowAnonymous().ShortCircuit();
        app.MapRazorPages().WithStaticAssets();
        app.Lifetime.ApplicationStarted.Register(() => app.Logger.Serving(settings.Url));
    }

    private static ForwardedHeadersOptions Forwarded(PanelSettings settings)
    {
        // No limit of hops: from the right, each address is believed while it is a named proxy, and the first other one is the visitor.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.Proxies) options.KnownIPNetworks.Add(network);
        return options;
    }
}
