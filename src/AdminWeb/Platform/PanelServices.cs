using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.Audit;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.Overview;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform.Passwords;

namespace AdminPanel.Web.Platform;

/// <summary>What pages and command line share: storage, operations, row queries, password hashing.</summary>
public static class PanelServices
{
    public static IServiceCollection AddPanelCore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<PasswordHasher>();
        return services.AddOperations().AddRows();
    }

    private static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddScoped<CreateDomain>().AddScoped<UpdateDomain>().AddScoped<SetDomainActive>().AddScoped<DeleteDomain>()
        .AddScoped<CreateAliasDomain>().AddScoped<SetAliasDomainActive>().AddScoped<DeleteAliasDomain>()
        .AddScoped<CreateMailbox>().AddScoped<UpdateMailbox>().AddScoped<SetMailboxActive>().AddScoped<SetMailboxPassword>().AddScoped<DeleteMailbox>()
        .AddScoped<CreateAlias>().AddScoped<UpdateAlias>().AddScoped<SetAliasActive>().AddScoped<DeleteAlias>()
        .AddScoped<CreateAdmin>().AddScoped<UpdateAdmin>().AddScoped<SetAdminPassword>().AddScoped<DeleteAdmin>()
        .AddScoped<RenderMailServer>();

    private static IServiceCollection AddRows(this IServiceCollection services) => services
        .AddScoped<DomainRows>().AddScoped<AliasDomainRows>().AddScoped<MailboxRows>().AddScoped<AliasRows>().AddScoped<AdminRows>()
        .AddScoped<OverviewRows>().AddScoped<AuditRows>();
}
