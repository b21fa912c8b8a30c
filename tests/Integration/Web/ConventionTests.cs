using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.SignIn;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>What holds for every page, found by walking the endpoints: a new page cannot forget it.</summary>
public sealed class ConventionTests
{
    [MariaDbFact]
    public async Task Every_endpoint_names_its_policy_or_allows_visitors()
    {
        await using var panel = await Panel.StartAsync();
        string[] known = [Policies.Admin, Policies.Superadmin, Policies.Owner, Policies.OwnerOfAnyPassword, Policies.SignedIn, Policies.SecondFactor, Policies.AnySession];

        // The framework adds the fallback for assets that are not published yet; the policy for all else closes it.
        var endpoints = panel.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).Where(e => e.DisplayName != "Fallback {**path:file}").ToList();
        var silent = endpoints
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && !e.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => known.Contains(a.Policy)))
            .Select(e => e.DisplayName);

        Assert.True(endpoints.Count(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null) >= 5, "the walk saw the pages");
        Assert.Empty(silent);
    }

    [MariaDbFact]
    public async Task What_visitors_may_open_is_a_short_list()
    {
        await using var panel = await Panel.StartAsync();

        var open = panel.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => e.Metadata.GetMetadata<PageActionDescriptor>()?.ViewEnginePath).OfType<string>().Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["/Appearance/Index", "/Dns/Shared", "/Passkeys/SignIn", "/SecondFactor/Code", "/SelfService/Confirm", "/SelfService/Device", "/SelfService/Forgotten", "/SelfService/NewPassword", "/Serve/Error", "/SignIn/Index", "/SignIn/Setup"], open);
    }

    [MariaDbFact]
    public async Task A_stranger_gets_no_page_that_names_a_policy()
    {
        await using var panel = await Panel.StartAsync();
        var stranger = panel.Browser();

        foreach (var path in Paths(panel, anonymous: false))
        {
            var answer = await stranger.GetAsync(path);
            Assert.True(answer.Location?.Contains("/sign-in?returnUrl=", StringComparison.Ordinal) == true, $"{path} answered {answer.Status}");
        }
    }

    [MariaDbFact]
    public async Task Every_form_that_posts_carries_its_token_and_no_id_stands_twice()
    {
        await using var panel = await Panel.StartAsync();
        var link = await panel.SetupLinkAsync();
        List<Answer> pages = [await panel.Browser().GetAsync("/sign-in"), await panel.Browser().GetAsync(link.Url(""))];
        await panel.AddAccountAsync(Panel.Login, Panel.Password);
        var browser = await panel.SignedInAsync();
        foreach (var path in Paths(panel, anonymous: false)) pages.Add(await browser.GetAsync(path));

        var forms = 0;
        foreach (var answer in pages)
        {
            var where = answer.Message.RequestMessage!.RequestUri!.AbsolutePath;
            foreach (var form in answer.Page.QuerySelectorAll("form").Where(f => string.Equals(f.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase)))
            {
                forms++;
                Assert.True(form.QuerySelector("input[name=__RequestVerificationToken]") is not null, $"a form of {where} has no token: {form.OuterHtml}");
            }
            var twice = answer.Page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key);
            Assert.True(!twice.Any(), $"{where} has an id twice: {string.Join(", ", twice)}");
        }
        Assert.True(forms >= 4, "the walk saw forms");
    }

    // Pages without a parameter; what needs one is walked by the tests of its feature.
    private static IEnumerable<string> Paths(Panel panel, bool anonymous) => panel.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints)
        .OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is not null == anonymous)
        .Where(e => e.RoutePattern.Parameters.All(p => p.IsOptional))
        .Select(e => "/" + string.Join('/', e.RoutePattern.PathSegments.Where(s => s.IsSimple && s.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)
            .Select(s => ((Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart)s.Parts[0]).Content)))
        .Distinct();
}
