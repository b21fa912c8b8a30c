using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdminPanel.Web.Features.MailServer;
using AdminPanel.Web.Platform;
using Endpoint = AdminPanel.Web.Features.MailServer.Endpoint;

namespace AdminPanel.Web.Features.Scripts;

/// <summary>Why a script is not as it should be.</summary>
/// <param name="Reason">In English, for the page and the log.</param>
/// <param name="IsOfServer">Whether the next mailbox would fare the same: nobody answers, or the panel is not let in at all.</param>
/// <param name="IsFinal">Whether the mail server has the script before it and will not take it.</param>
public sealed record ScriptFault(string Reason, bool IsOfServer, bool IsFinal = false);

/// <summary>Puts the panel's script into a mailbox and takes it out again, over ManageSieve (docs/decisions/0042).</summary>
public sealed class ScriptServer(ServerSettings settings)
{
    private const string Listener = "managesieve_listen";

    /// <summary>For the whole conversation: somebody may be waiting for the page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Makes the panel's script of a mailbox this one.</summary>
    /// <param name="script">Null: none.</param>
    /// <returns>Null where the mail server has it now.</returns>
    public async Task<ScriptFault?> KeepAsync(string mailbox, string? script, CancellationToken ct)
    {
        var values = await settings.ReadAsync(ct);
        if (values[PanelScripts.Key] is not { } password || !SettingValue.IsSecret(password)) return Away($"{PanelScripts.Key} is not set.");
        if (!Endpoint.TryParse(values[Listener], out var listener)) return Away($"{Listener} names no address.");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var own = Certificate(values["tls_certificate"]);
            await using var sieve = await ManageSieve.OpenAsync(PanelScripts.Server(listener), values.GetValueOrDefault("host_name") ?? "", own, patience.Token);
            var signIn = await sieve.SignInAsync(mailbox, PanelScripts.User, password, patience.Token);
            // The password is the same for every mailbox.
            if (!signIn.IsOk) return Away($"It does not let the panel in: {signIn.Text}");

            return await KeepAsync(sieve, script, patience.Token);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return Away(e.Message);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Away(string.Create(CultureInfo.InvariantCulture, $"No answer within {Patience.TotalSeconds:0} seconds."));
        }
    }

    private static async Task<ScriptFault?> KeepAsync(ManageSieve sieve, string? script, CancellationToken ct)
    {
        // Somebody may have had a script of this name before.
        if (await sieve.GetAsync(PanelScripts.Name, ct) is { } there && !there.StartsWith(ScriptText.Mark, StringComparison.Ordinal))
            return Final($"The owner has a script of the name {PanelScripts.Name}, which is left as it is.");

        if (script is null) return await sieve.DeleteAsync(PanelScripts.Name, ct) is { IsOk: false, Code: not "NONEXISTENT" } kept ? Final(kept.Text) : null;
        if (await sieve.CheckAsync(script, ct) is { IsOk: false } wrong) return Final(wrong.Text);
        if (await sieve.HaveSpaceAsync(PanelScripts.Name, script, ct) is { IsOk: false } full) return Final(full.Text);
        return await sieve.PutAsync(PanelScripts.Name, script, ct) is { IsOk: false } refused ? Final(refused.Text) : null;
    }

    /// <summary>What Dovecot shows, where this account may read it; else it has to be valid for the host's name.</summary>
    private static X509Certificate2? Certificate(string path)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return null;
        }
    }

    private static ScriptFault Away(string reason) => new(reason, IsOfServer: true);

    private static ScriptFault Final(string reason) => new(reason, IsOfServer: false, IsFinal: true);
}
