using System.Globalization;

namespace AdminPanel.Data;

/// <summary>
/// A number of bytes as people write it: "5G", "500 MB", "1.5 GB", "1048576". Units are powers of 1024, as in
/// Dovecot's quota rules. Shown in the largest unit that has it as a whole number, which is the unit it was chosen in.
/// </summary>
public readonly record struct ByteSize(long Bytes)
{
    /// <summary>The most that one mailbox may be given: sums of it over half a million mailboxes still fit 64 bits.</summary>
    public const long MaxOfMailbox = 16L << 40;

    /// <summary>The most that a domain may be given: 1 EiB.</summary>
    public const long MaxOfDomain = 1L << 60;

    private static readonly (string Unit, int Shift)[] Units = [("TB", 40), ("GB", 30), ("MB", 20), ("KB", 10)];

    /// <summary>True for a positive size up to <see cref="MaxOfDomain"/>.</summary>
    public static bool TryParse(string? text, out ByteSize size) => TryParse(text, out size, out _);

    /// <param name="isTooLarge">True for a size beyond that.</param>
    public static bool TryParse(string? text, out ByteSize size, out bool isTooLarge)
    {
        (size, isTooLarge) = (default, false);
        var trimmed = text?.Trim() ?? "";
        var digits = trimmed.TrimEnd("kKmMgGtTiIbB ".ToCharArray());
        if (!TryShift(trimmed[digits.Length..], out var shift)) return false;
        // Beyond what a decimal holds; 2^60 bytes are less than this in any unit.
        if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rough) && rough > MaxOfDomain) isTooLarge = true;
        if (isTooLarge || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;

        // Asked before multiplying, which a decimal may not hold.
        isTooLarge = number > (decimal)MaxOfDomain / (1L << shift);
        if (isTooLarge) return false;

        var bytes = decimal.Round(number * (1L << shift));
        if (bytes < 1) return false;

        size = new ByteSize((long)bytes);
        return true;
    }

    public override string ToString()
    {
        foreach (var (unit, shift) in Units)
        {
            if (Bytes >= 1L << shift && Bytes % (1L << shift) == 0) return string.Create(CultureInfo.InvariantCulture, $"{Bytes >> shift} {unit}");
        }
        return string.Create(CultureInfo.InvariantCulture, $"{Bytes} B");
    }

    private static bool TryShift(string unit, out int shift)
    {
        shift = unit.Trim().ToUpperInvariant() switch
        {
            "" or "B" => 0,
            "K" or "KB" or "KIB" => 10,
            "M" or "MB" or "MIB" => 20,
            "G" or "GB" or "GIB" => 30,
            "T" or "TB" or "TIB" => 40,
            _ => -1,
        };
        return shift >= 0;
    }
}
