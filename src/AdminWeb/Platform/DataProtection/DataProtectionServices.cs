using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace AdminPanel.Web.Platform.DataProtection;

internal static class DataProtectionServices
{
    /// <summary>Fixed: with another name the cookies of one panel mean nothing to the next.</summary>
    private const string ApplicationName = "AdminPanel";

    public static IServiceCollection AddKeyRing(this IServiceCollection services, KeyFile keyFile)
    {
        services.AddSingleton(keyFile);
        services.AddSingleton<KeyRingTable>();
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = provider.GetRequiredService<KeyRingTable>();
            // The table encrypts the whole entry, its dates included; a second encryptor inside would add nothing.
            options.XmlEncryptor = new NullXmlEncryptor();
        }));
        return services;
    }
}
