using AdminPanel.Web.Platform.Passwords;
using Microsoft.Extensions.DependencyInjection;

namespace AdminPanel.Tests.Integration.Web;

/// <summary>A panel of one domain with one mailbox, whose owner a test is about.</summary>
internal static class OwnPanel
{
    public const string Bob = "bob@example.org";

    public static async Task<Panel> StartAsync(params string[] settings)
    {
        var panel = await Panel.StartAsync(settings);
        await panel.SqlAsync("""
            INSERT INTO domains (id, name, kind, is_active, mailbox_count, alias_count, allocated_quota, version, created_at, updated_at)
            VALUES (1, 'example.org', 'hosted', 1, 1, 0, 0, 1, NOW(6), NOW(6))
            """);
        await panel.AddMailboxAsync(1, Bob);
        return panel;
    }

    /// <summary>A mailbox of the domain, with the password of <see cref="Panel.Password"/>, chosen a while ago.</summary>
    public static Task<string> AddMailboxAsync(this Panel panel, int id, string address) => panel.SqlAsync($"""
        INSERT INTO addresses (id, address, domain_id, kind, is_active) VALUES ({id}, '{address}', 1, 'mailbox', 1);
        INSERT INTO mailboxes (id, address_id, kind, password_hash, password_changed_at, home, keeps_copy, version, created_at, updated_at)
        VALUES ({id}, {id}, 'mailbox', '{panel.Services.GetRequiredService<PasswordHasher>().Hash(Panel.Password)}', '2026-01-01', 'home{id}', 1, 1, NOW(6), NOW(6))
        """);

    /// <summary>Fields of a form with the token of a page.</summary>
    public static async Task<(string, string)[]> FormOfAsync(this Browser browser, string path, params (string, string)[] fields)
    {
        var page = await browser.GetAsync(path);
        return [.. fields, ("__RequestVerificationToken", page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)];
    }
}
