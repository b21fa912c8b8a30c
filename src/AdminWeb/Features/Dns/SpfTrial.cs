using AdminPanel.Web.Features.Dns.Check;

namespace AdminPanel.Web.Features.Dns;

/// <summary>The form in which somebody asks what another provider would cost in SPF.</summary>
/// <param name="Typed">What was typed; null where nobody has asked.</param>
/// <param name="Zone">The zone that the page shows, if not the domain's own.</param>
/// <param name="Addition">The answer; null where there is none.</param>
public sealed record SpfTrial(string? Typed, string? Zone, SpfAddition? Addition);
