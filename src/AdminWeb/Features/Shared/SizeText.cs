using System.Globalization;

namespace AdminPanel.Web.Features.Shared;

/// <summary>Bytes as people read them: at most one decimal, units of 1024 as in Dovecot's quota rules.</summary>
public static class SizeText
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>"5 GB", "1.2 GB"; nothing is "0".</summary>
    public static string Of(long bytes)
    {
        if (bytes == 0) return "0";

        var power = Power(bytes);
        return $"{Number(bytes, power)} {Units[power]}";
    }

    /// <summary>The part in the unit of the whole, without it: "1.2" of "5 GB"; in its own unit when it would read 0.</summary>
    public static string OfWhole(long part, long whole)
    {
        var power = Power(whole);
        var number = Number(part, power);
        return number == "0" && part > 0 ? Of(part) : number;
    }

    private static int Power(long bytes)
    {
        var power = 0;
        for (var rest = bytes; rest >= 1024; rest >>= 10) power++;
        return power;
    }

    private static string Number(long bytes, int power) =>
        (bytes / Math.Pow(1024, power)).ToString("0.#", CultureInfo.InvariantCulture);
}
