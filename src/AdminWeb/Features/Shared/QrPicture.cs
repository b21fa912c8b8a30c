using QRCoder;

namespace AdminPanel.Web.Features.Shared;

/// <summary>A text as a QR code (ISO/IEC 18004) for a phone's camera.</summary>
public static class QrPicture
{
    private const int PixelsPerModule = 5;

    /// <summary>As a data: address for a picture, black on white with its quiet zone, whatever the theme.</summary>
    public static string Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(code);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(PixelsPerModule));
    }
}
