using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Audit.Seals;
using AdminPanel.Web.Platform.DataProtection;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Alone, since it counts what the whole process holds.</summary>
[Collection("alone")]
public sealed class AuditMemoryTests(OperationsDatabase database) : AuditSealTest(database)
{
    private const int Many = 100_000;

    [MariaDbFact]
    public async Task What_verifying_holds_in_memory_does_not_grow_with_the_audit()
    {
        await FillAsync(1, Many);
        await SealAsync(Many);
        var live = new Live();
        var key = await RunAsync<KeyFile, KeyFile>(Task.FromResult);

        var found = await DbAsync(db => new VerifyAudit(db, key, null, live).RunAsync(default));

        Assert.Equal((null, Many), (found.Break, found.Entries));
        // Octets that are in use, at a tenth of the way and at the end.
        var (early, late) = (live.Octets[live.Octets.Count / 10], live.Octets[^1]);
        Assert.True(late - early < 1_000_000, $"{early} octets, then {late}");
    }

    private sealed class Live : IProgress<long>
    {
        public List<long> Octets { get; } = [];

        public void Report(long value) => Octets.Add(GC.GetTotalMemory(forceFullCollection: true));
    }
}
