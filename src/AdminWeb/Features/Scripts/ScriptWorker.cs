using System.Data.Common;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Scripts;

/// <summary>Looks at the sieve scripts that are due.</summary>
internal sealed class ScriptWorker(IServiceScopeFactory scopes, DbDataSource database, ILogger<ScriptWorker> log) : DueWorker("mailbox_scripts", 100, scopes, database)
{
    protected override Task<DueStep> NextAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<KeepScript>().NextAsync(ct);

    protected override void SayThatItWaits(string reason) => log.ScriptsWait(reason);
}
