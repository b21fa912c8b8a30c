using System.Data.Common;
using AdminPanel.Web.Features.Serve;

namespace AdminPanel.Web.Features.Notices;

/// <summary>
/// Sends the messages that are due. An import of thousands must neither fill the mail server's queue nor slow down other
/// mail, so each look sends a few: some twenty a second.
/// </summary>
internal sealed class NoticeWorker(IServiceScopeFactory scopes, DbDataSource database, ILogger<NoticeWorker> log) : DueWorker("notices", 60, scopes, database)
{
    protected override Task<DueStep> NextAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<SendNotice>().RunAsync(ct);

    protected override void SayThatItWaits(string reason) => log.NoticesWait(reason);
}
