using AdminPanel.Tests.Support;
using Xunit;

namespace AdminPanel.Tests.MailStack;

/// <summary>Every way to write an address, to every kind of owner, in every state: the answer to RCPT and the copies that arrive.</summary>
public abstract class ResolutionTests<TStack>(ResolutionWorld<TStack> world) : IClassFixture<ResolutionWorld<TStack>>
    where TStack : IMailStack
{
    public static TheoryData<ResolutionCase> Cases => [.. ResolutionCase.All];

    [StackTheory]
    [MemberData(nameof(Cases))]
    public void An_address_resolves_as_the_table_says(ResolutionCase row) => Assert.Equal(row.Expected, world.OutcomeOf(row));

    [StackFact]
    public void The_table_is_the_whole_cross_product()
    {
        Assert.Equal(4 * 6 * 5, ResolutionCase.All.Select(row => row.ToString()).Distinct().Count());
    }
}
