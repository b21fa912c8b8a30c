using AdminPanel.Tests.Support;

namespace AdminPanel.Tests.MailStack;

/// <summary>Which of the daemons let somebody in.</summary>
internal static class Doors
{
    /// <summary>The protocols that let a mailbox in, "imap pop3 smtp sieve" where all do.</summary>
    /// <param name="password">Null: its right one.</param>
    public static async Task<string> OpenDoorsAsync(this TrialInstance instance, string address, string? password = null)
    {
        password ??= MailData.Password;
        var doors = new (string Name, Task<bool> IsOpen)[]
        {
            ("imap", ImapAsync()), ("pop3", TextDialogue.SignsInOverPop3Async(instance.Pop3s, instance.CaFile, address, password)),
            ("smtp", SmtpAsync()), ("sieve", TextDialogue.SignsInOverManageSieveAsync(instance.ManageSieve, instance.CaFile, address, password)),
        };
        await Task.WhenAll(doors.Select(door => door.IsOpen));
        return string.Join(' ', doors.Where(door => door.IsOpen.Result).Select(door => door.Name));

        async Task<bool> ImapAsync()
        {
            await using var imap = await ImapDialogue.OpenAsync(instance.Imaps, instance.CaFile);
            return await imap.SignInAsync(address, password);
        }

        async Task<bool> SmtpAsync()
        {
            await using var smtp = await SmtpDialogue.OpenAsync(instance.Submissions, instance.CaFile);
            return (await smtp.SignInAsync(address, password)).Code == 235;
        }
    }
}
