using System.Globalization;
using System.Text.Encodings.Web;
using AdminPanel.Data.Model;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace AdminPanel.Web.Features.Shared;

/// <summary>How a state is coloured; the word always stands beside it.</summary>
public enum StateTone
{
    Ok,
    Warn,
    Bad,
    Off,
}

/// <summary>
/// How pages show an address, a size, a time and a state: <c>@Show.When(row.CreatedAt)</c>. Functions and not tag helpers:
/// a list has some hundred of them, and each tag helper of a row costs more than what it writes.
/// </summary>
public sealed class Show(HtmlEncoder encoder, TimeProvider clock, IStringLocalizer<SharedText> words)
{
    /// <summary>The local part as it is, the domain quiet and in Unicode.</summary>
    public IHtmlContent Address(string address)
    {
        var (local, domain) = AddressText.Split(address);
        return new HtmlString($"""{encoder.Encode(local)}<wbr><span class="quiet">@{encoder.Encode(domain)}</span>""");
    }

    /// <summary>"1.2 of 5 GB" with a bar; without a limit, the words alone. In bytes.</summary>
    public IHtmlContent Quota(long used, long? limit)
    {
        if (limit is not { } most) return new HtmlString($"""<span class="usage">{encoder.Encode(SizeText.Of(used))}</span>""");

        var text = words["QuotaOf", SizeText.OfWhole(used, most), SizeText.Of(most)].Value;
        var percent = (most == 0 ? 100 : Math.Min(100, used * 100.0 / most)).ToString("0.#", CultureInfo.InvariantCulture);
        return new HtmlString($"""<span class="usage">{encoder.Encode(text)}<meter class="wide" min="0" max="100" low="75" high="90" optimum="10" value="{percent}"></meter></span>""");
    }

    /// <summary>A time of the database (UTC) as people say it, with the exact one and its zone as the title; null is never.</summary>
    public IHtmlContent When(DateTime? time)
    {
        if (time is not { } at) return new HtmlString(encoder.Encode(words["Never"]));

        var exact = at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var relative = Relative(clock.GetUtcNow().UtcDateTime - at, exact);
        return new HtmlString($"""<time datetime="{exact.Replace(' ', 'T')}Z" title="{exact} UTC">{encoder.Encode(relative)}</time>""");
    }

    public IHtmlContent State(AddressState state) => State(ToneOf(state), words["State" + state]);

    public IHtmlContent State(bool isActive) => State(isActive ? AddressState.Active : AddressState.Inactive);

    /// <summary>A state as word, sign and colour.</summary>
    public IHtmlContent State(StateTone tone, string word)
    {
        var (style, icon) = tone switch
        {
            StateTone.Ok => ("state-ok", "check-lg"),
            StateTone.Warn => ("state-warn", "exclamation-lg"),
            StateTone.Bad => ("state-bad", "exclamation-lg"),
            _ => ("state-off", "pause"),
        };
        return new HtmlString($"""<span class="state {style}">{Icons.Svg(icon)}{encoder.Encode(word)}</span>""");
    }

    private static StateTone ToneOf(AddressState state) => state switch
    {
        AddressState.Active => StateTone.Ok,
        AddressState.Inactive => StateTone.Off,
        _ => StateTone.Warn,
    };

    private string Relative(TimeSpan age, string exact) => age switch
    {
        { TotalMinutes: < 1 } => words["JustNow"],
        { TotalMinutes: < 2 } => words["MinuteAgo"],
        { TotalHours: < 1 } => words["MinutesAgo", (int)age.TotalMinutes],
        { TotalHours: < 2 } => words["HourAgo"],
        { TotalDays: < 1 } => words["HoursAgo", (int)age.TotalHours],
        { TotalDays: < 2 } => words["Yesterday"],
        { TotalDays: < 30 } => words["DaysAgo", (int)age.TotalDays],
        _ => exact[..10],
    };
}
