using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>The agent of a stack's instance, at work while the tests of one class run.</summary>
public sealed class SessionAgent<TStack> : IAsyncLifetime
    where TStack : IMailStack
{
    private IAsyncDisposable? agent;

    /// <summary>At the first test, so that nothing is started where every test is skipped.</summary>
    public async Task StartAsync() => agent ??= await (await TStack.Instance).StartSessionAgentAsync();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (agent is not null) await agent.DisposeAsync();
    }
}
