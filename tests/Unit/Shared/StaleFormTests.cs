using AdminPanel.Web.Features.Shared;
using Xunit;

namespace AdminPanel.Tests.Unit.Shared;

/// <summary>Two people changed the same thing: which fields differ, who changed them, and what is saved.</summary>
public sealed class StaleFormTests
{
    private static readonly Form Opened = new() { Name = "Bob", Quota = "5 GB", IsOn = true, Roles = ["abuse"] };

    [Fact]
    public void What_only_they_changed_is_proposed_to_stay_theirs()
    {
        var field = Assert.Single(Of(Opened, Opened with { Quota = "9 GB" }).Fields);

        Assert.Equal(new StaleField("Quota", "5 GB", "9 GB", TheyChanged: true, KeepsTheirs: true), field);
    }

    [Fact]
    public void What_both_changed_is_proposed_to_be_mine()
    {
        var field = Assert.Single(Of(Opened with { Quota = "7 GB" }, Opened with { Quota = "9 GB" }).Fields);

        Assert.Equal(new StaleField("Quota", "7 GB", "9 GB", TheyChanged: true, KeepsTheirs: false), field);
    }

    [Fact]
    public void What_only_I_changed_is_shown_with_nothing_to_decide()
    {
        var fields = Of(Opened with { IsOn = false }, Opened with { Name = "Eve" }).Fields;

        Assert.Equal([("Name", true), ("IsOn", false)], fields.Select(f => (f.Name, f.TheyChanged)));
    }

    [Theory]
    [InlineData("a\nb", "a\r\nb")]
    [InlineData(null, "")]
    [InlineData("x", " x ")]
    public void What_a_browser_makes_of_a_value_is_no_change(string? stored, string typed) =>
        Assert.Empty(Of(Opened with { Name = typed }, Opened with { Name = stored }).Fields);

    [Fact]
    public void Lists_are_the_same_in_any_order_and_ids_and_versions_are_nobody_s_change()
    {
        var mine = Opened with { Id = 1, Version = 4, Roles = ["postmaster", "abuse"] };

        Assert.Empty(Of(mine, Opened with { Id = 2, Version = 5, Roles = ["abuse", "postmaster"] }).Fields);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("null")]
    public void Without_what_the_form_was_opened_with_every_difference_is_asked_about_and_mine_is_proposed(string? opened)
    {
        var stale = StaleForm.Of(opened, Opened, Opened with { Quota = "9 GB" }, by: null);

        Assert.Equal(new StaleField("Quota", "5 GB", "9 GB", TheyChanged: true, KeepsTheirs: false), Assert.Single(stale.Fields));
    }

    [Fact]
    public void Fields_that_stay_theirs_are_taken_over_and_names_that_are_none_do_nothing()
    {
        var mine = Opened with { Id = 1, Version = 4, Name = "Mine", Quota = "7 GB", Roles = ["postmaster"] };
        var theirs = Opened with { Id = 9, Version = 9, Name = "Theirs", Quota = "9 GB" };

        var merged = StaleForm.Merge(mine, theirs, ["Quota", "Roles", "Id", "Version", "HasRareChoices", "x", null]);

        Assert.Equal((1L, 4L, "Mine", "9 GB", "abuse"), (merged.Id, merged.Version, merged.Name, merged.Quota, Assert.Single(merged.Roles)));
        Assert.Equal(("7 GB", "postmaster"), (mine.Quota, Assert.Single(mine.Roles)));
    }

    [Fact]
    public void From_then_on_the_form_is_opened_with_what_they_stored()
    {
        var theirs = Opened with { Quota = "9 GB" };
        var stale = Of(Opened with { Quota = "7 GB" }, theirs);

        Assert.False(Assert.Single(StaleForm.Of(stale.Opened, Opened with { Quota = "7 GB" }, theirs, by: null).Fields).TheyChanged);
    }

    private static StaleForm Of(Form mine, Form theirs) => StaleForm.Of(StaleForm.Write(Opened), mine, theirs, by: null);

    private sealed record Form
    {
        public long Id { get; init; }

        public long Version { get; init; }

        public string? Name { get; init; }

        public string? Quota { get; init; }

        public bool IsOn { get; init; }

        public IReadOnlyList<string> Roles { get; init; } = [];

        public bool HasRareChoices => Quota is not null;
    }
}
