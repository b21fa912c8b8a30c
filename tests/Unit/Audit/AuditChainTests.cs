using AdminPanel.Data;
using AdminPanel.Data.Model;
using Xunit;

namespace AdminPanel.Tests.Unit.Audit;

/// <summary>The digests were made by Python's hashlib and struct from the order that AuditChain describes. A change of them would break every chain there is.</summary>
public sealed class AuditChainTests
{
    private static readonly DateTime At = new DateTime(2026, 11, 21, 12, 30, 0, DateTimeKind.Utc).AddMicroseconds(123_456);

    [Fact]
    public void An_entry_has_the_digest_that_another_program_makes_of_it() =>
        Assert.Equal("a97a5b133486114136ab262bc2b2f39495c07ee2b1d423bd343dadfb67054e3b", Convert.ToHexStringLower(AuditChain.DigestOf(Entry())));

    [Fact]
    public void A_seal_has_the_digest_that_another_program_makes_of_it()
    {
        var seal = new AuditSeal { Number = 1, SealedAt = At, SealedTo = 7, FirstId = 7, EntryCount = 1, Entries = SealedEntry.Pack([Entry()]), Previous = AuditChain.Beginning };

        Assert.Equal("cb0b6d6c938bc6a9b77467a5425620f8ea48a50c29581a01bb111bc3d460c3bc", AuditChain.DigestOf(seal));
    }

    [Fact]
    public void What_is_packed_is_unpacked_and_what_is_cut_short_is_not()
    {
        var packed = SealedEntry.Pack([Entry()]);

        var held = Assert.Single(SealedEntry.Unpack(packed)!);
        Assert.True(held.Is(Entry()));
        Assert.Null(SealedEntry.Unpack(packed[..^1]));
    }

    private static AuditEntry Entry() => new()
    {
        Id = 7, At = At, Actor = "ute", RequestId = "r", Action = "mailbox.create", Subject = "grüße@example.org", DomainId = 3, After = """{"a":1}""",
    };
}
