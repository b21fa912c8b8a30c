using AdminPanel.Data;
using AdminPanel.Migrations;
using AdminPanel.Migrations.CompiledModel;
using AdminPanel.Web.Features.Admins;
using AdminPanel.Web.Features.AliasDomains;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.AppPasswords;
using AdminPanel.Web.Features.Audit;
using AdminPanel.Web.Features.Audit.Seals;
using AdminPanel.Web.Features.Dkim;
using AdminPanel.Web.Features.Dns;
using AdminPanel.Web.Features.Dns.Check;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Domains.Templates;
using AdminPanel.Web.Features.Explain;
using AdminPanel.Web.Features.Export;
using AdminPanel.Web.Features.Filters;
using AdminPanel.Web.Features.Find;
using AdminPanel.Web.Features.Forwarding;
using AdminPanel.Web.Features.Import;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Features.MailServer.Apply;
using AdminPanel.Web.Features.MailServer.Settings;
using AdminPanel.Web.Features.MailServer.Verify;
using AdminPanel.Web.Features.MailSignIns;
using AdminPanel.Web.Features.Notices;
using AdminPanel.Web.Features.Overview;
using AdminPanel.Web.Features.OwnAliases;
using AdminPanel.Web.Features.Passkeys;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Features.RelayDomains;
using AdminPanel.Web.Features.Scripts;
using AdminPanel.Web.Features.SecondFactor;
using AdminPanel.Web.Features.SelfService;
using AdminPanel.Web.Features.Sessions;
using AdminPanel.Web.Features.SignIn;
using AdminPanel.Web.Features.Vacations;
using AdminPanel.Web.Platform.Dns;
using AdminPanel.Web.Platform.Passwords;
using MariaDb.Client;
using MariaDb.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Platform;

/// <summary>What pages and command line share: storage, operations, row queries, password hashing.</summary>
public static class PanelServices
{
    /// <exception cref="SettingException">The connection string is missing or cannot be read.</exception>
    public static IServiceCollection AddPanelCore(this IServiceCollection services, IConfiguration configuration)
    {
        var connectionString = ConnectionString(configuration);
        // Pooled: making a unit of work anew for each request costs more than its first query.
        services.AddDbContextPool<AdminDb>(options => options.UseModel(AdminDbModel.Instance).UseMariaDb(
            connectionString, mariaDb => mariaDb.MigrationsAssembly(typeof(AdminDbFactory).Assembly.GetName().Name).EnableRetryOnFailure()));
        services.AddSingleton(MariaDbFactory.Instance.CreateDataSource(connectionString));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new PasswordHasher(HashSetting.Places(configuration)));
        var breaches = BreachAddress.Of(configuration);
        services.AddSingleton(provider => new BreachService(breaches, provider.GetRequiredService<ILogger<BreachService>>()));
        services.AddSingleton(_ => DnsQuery.Of(configuration)).AddSingleton(_ => PolicyHosts.Of(configuration)).AddSingleton<ServerKeys>().AddSingleton<CheckRounds>().AddSingleton<SpfAdditions>();
        return services.AddOperations().AddRows();
    }

    private static string ConnectionString(IConfiguration configuration)
    {
        if (configuration.GetConnectionString("Panel") is not { Length: > 0 } text)
        {
            throw new SettingException(
                "No database is set: give ADMINPANEL__CONNECTIONSTRINGS__PANEL, or ConnectionStrings:Panel in /etc/adminpanel/appsettings.json, "
                + "such as \"Socket=/run/mysqld/mysqld.sock;User=adminpanel;Password=...;Database=adminpanel\".");
        }
        try
        {
            return new MariaDbConnectionStringBuilder(text).ConnectionString;
        }
        catch (ArgumentException e)
        {
            throw new SettingException($"ConnectionStrings:Panel cannot be read: {e.Message}");
        }
    }

    private static IServiceCollection AddOperations(this IServiceCollection services) => services
        .AddScoped<CreateDomain>().AddScoped<UpdateDomain>().AddScoped<TagDomains>().AddScoped<SetDomainActive>().AddScoped<RenameDomain>().AddScoped<SetRoleAddresses>().AddScoped<SaveTemplate>().AddScoped<DeleteTemplate>().AddScoped<DeleteDomain>()
        .AddScoped<CreateAliasDomain>().AddScoped<DeleteAliasDomain>()
        .AddScoped<CreateRelayDomain>().AddScoped<UpdateRelayDomain>().AddScoped<DeleteRelayDomain>()
        .AddScoped<AddRelayRecipients>().AddScoped<RemoveRelayRecipients>()
        .AddScoped<CreateMailbox>().AddScoped<UpdateMailbox>().AddScoped<SetMailboxActive>().AddScoped<SetMailboxPassword>().AddScoped<RenameMailbox>()
        .AddScoped<EndSessions>().AddScoped<GrantSendAs>().AddScoped<RevokeSendAs>().AddScoped<DeleteMailbox>()
        .AddScoped<AddDkimKey>().AddScoped<CheckDkimKey>().AddScoped<ActivateDkimKey>().AddScoped<RetireDkimKey>().AddScoped<SetDkimRotation>().AddScoped<DeleteDkimKey>().AddScoped<CheckDomainDns>().AddScoped<ChoosePolicies>().AddScoped<ShareDns>().AddScoped<EndDnsShares>().AddScoped<OpenKeys>()
        .AddScoped<CreateAlias>().AddScoped<UpdateAlias>().AddScoped<SetAliasActive>().AddScoped<DeleteAlias>()
        .AddScoped<CreateAdmin>().AddScoped<UpdateAdmin>().AddScoped<SetAdminPassword>().AddScoped<DeleteAdmin>().AddScoped<SetRoleRules>()
        .AddSingleton<JobBell>().AddScoped<StartJob>().AddScoped<CancelJob>().AddScoped<JobStep>().AddScoped<RecordExport>()
        .AddScoped<RestoreItem>().AddScoped<ReleaseAddress>().AddScoped<PurgeItem>().AddScoped<RemoveMail>()
        .AddScoped<ImportPlanner>().AddScoped<AddMailboxes>().AddScoped<ImportStore>().AddScoped<ImportStep>()
        .AddScoped<UploadImport>().AddScoped<StartImport>().AddScoped<DiscardImport>().AddScoped<TakePasswords>()
        .AddScoped<SealAudit>().AddScoped<ServerSettings>().AddScoped<SendWelcome>().AddScoped<ChangeSettings>()
        .AddScoped<MailServerTree>().AddScoped<RenderMailServer>().AddScoped<VerifyMailServer>().AddScoped<ProbeMailboxes>().AddScoped<ApplyMailServer>().AddScoped<AdoptChanges>().AddScoped<RecoverApply>().AddScoped<ShowDrift>().AddSingleton<InstalledDaemons>().AddScoped<IssueSetupLink>()
        .AddScoped<ScriptServer>().AddScoped<KeepScript>().AddScoped<SetVacation>().AddScoped<SetForward>().AddScoped<AddOwnAlias>().AddScoped<UpdateOwnAlias>().AddScoped<DeleteOwnAlias>().AddScoped<SaveFilter>().AddScoped<MoveFilter>().AddScoped<DeleteFilter>().AddScoped<ReplaceFilters>().AddScoped<SetSpamMark>()
        .AddScoped<MailLinks>().AddScoped<ExportOwnData>().AddScoped<SetSelfService>().AddScoped<TellOfNetworks>().AddScoped<ChangeMailboxPassword>().AddScoped<ChooseRecoveryAddress>().AddScoped<SendRecoveryLink>().AddScoped<ConfirmRecoveryAddress>().AddScoped<RequestPasswordLink>().AddScoped<ReplaceForgottenPassword>()
        .AddScoped<AddAppPassword>().AddScoped<RevokeAppPassword>().AddScoped<MakeDeviceLink>().AddScoped<TakeDeviceProfile>()
        .AddSingleton<SecretSeal>().AddScoped<FactorProof>().AddScoped<PassSecondFactor>().AddScoped<TurnOnAuthenticator>().AddScoped<TurnOffSecondFactor>().AddScoped<RenewRecoveryCodes>().AddScoped<ResetSecondFactor>()
        .AddScoped<AddPasskey>().AddScoped<RemovePasskey>().AddScoped<TakePasskeyAway>().AddScoped<SignInWithPasskey>();

    private static IServiceCollection AddRows(this IServiceCollection services) => services
        .AddScoped<DomainRows>().AddScoped<TemplateRows>().AddScoped<AliasDomainRows>().AddScoped<RelayDomainRows>().AddScoped<DnsRows>().AddScoped<MailboxRows>().AddScoped<AliasRows>().AddScoped<AliasCheck>().AddScoped<ExplainAddress>().AddScoped<AdminRows>().AddScoped<RoleRuleRows>()
        .AddScoped<OverviewRows>().AddScoped<AuditRows>().AddScoped<SealRows>().AddScoped<FoundRows>().AddScoped<JobRows>().AddScoped<RecycledItemRows>().AddScoped<ListTables>()
        .AddScoped<DkimRows>().AddScoped<SignInRows>().AddScoped<SignInRecords>().AddScoped<ImportRows>().AddScoped<SettingRows>().AddScoped<OwnMailboxRows>().AddScoped<SelfServiceRows>().AddScoped<AppPasswordRows>().AddScoped<SecondFactorRows>().AddScoped<PasskeyRows>().AddScoped<VacationRows>().AddScoped<ForwardRows>().AddScoped<OwnAliasRows>().AddScoped<FilterRows>();
}
