namespace AdminPanel.Web.Platform.Passwords;

/// <summary>Panel:BreachService, such as https://api.pwnedpasswords.com/range: who is asked about new passwords; nobody, by default.</summary>
public static class BreachAddress
{
    /// <returns>With a slash at its end; null for nobody.</returns>
    /// <exception cref="SettingException">It cannot be read, or would be asked in clear over a network.</exception>
    public static Uri? Of(IConfiguration configuration)
    {
        if (configuration["Panel:BreachService"]?.Trim() is not { Length: > 0 } text) return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address is not { Query: "", Fragment: "", UserInfo: "" } || address.Scheme is not ("https" or "http"))
            throw new SettingException($"Panel:BreachService is \"{text}\": write it as https://api.pwnedpasswords.com/range, with nothing behind it.");
        if (address.Scheme == "http" && !address.IsLoopback)
            throw new SettingException($"Panel:BreachService is {text}, which would ask in clear over the network: use https, or a service on this host.");

        return new Uri(address.AbsoluteUri.TrimEnd('/') + "/");
    }
}
