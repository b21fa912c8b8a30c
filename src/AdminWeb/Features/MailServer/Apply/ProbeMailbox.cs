using System.Security.Cryptography;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Web.Features.Domains;
using AdminPanel.Web.Features.Mailboxes;
using AdminPanel.Web.Features.RecycleBin;
using AdminPanel.Web.Platform;
using AdminPanel.Web.Platform.Passwords;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.MailServer.Apply;

/// <summary>A mailbox for one trial, in a domain of its own below .invalid (RFC 2606), with a password that nobody learns.</summary>
/// <param name="Password">For as long as the trial takes.</param>
internal sealed record ProbeMailbox(string Domain, string Address, string Password);

/// <summary>
/// Makes and removes the mailbox that an apply tries the daemons with, by the operations that pages use, audit included.
/// Its domain's name is written down before it is made, so that one of an apply that was killed is removed by the next.
/// </summary>
public sealed class ProbeMailboxes(AdminDb db, CreateDomain createDomain, CreateMailbox createMailbox, DeleteDomain deleteDomain, PurgeItem purge)
{
    private const string Note = "apply.probe";

    private const string Description = "Trial of a new configuration; removed at its end";

    internal async Task<ProbeMailbox> CreateAsync(string directory, Actor actor, CancellationToken ct)
    {
        var domain = $"probe-{RandomNumberGenerator.GetHexString(12, lowercase: true)}.invalid";
        ConfigFile.Write(Path.Combine(directory, Note), domain + "\n", ConfigFile.OwnerReads);
        Done(await createDomain.RunAsync(new CreateDomain.Input { Name = domain, Description = Description }, actor, ct));
        var password = PasswordGenerator.Generate();
        var made = Done(await createMailbox.RunAsync(new CreateMailbox.Input { DomainName = domain, LocalPart = "probe", Password = password, HasNoQuota = true }, actor, ct));
        return new ProbeMailbox(domain, made.Name, password);
    }

    /// <summary>Removes the one that was written down; nothing where there is none.</summary>
    internal async Task RemoveAsync(string directory, Actor actor, CancellationToken ct)
    {
        var note = Path.Combine(directory, Note);
        if (!File.Exists(note)) return;

        if (DomainName.TryParse((await File.ReadAllTextAsync(note, ct)).Trim(), out var domain))
        {
            if (await deleteDomain.PlanAsync(domain, actor, ct) is { } plan)
                Done(await deleteDomain.RunAsync(new DeleteDomain.Input { Id = plan.Id, ConfirmName = plan.Name, Plan = plan.Fingerprint() }, actor, ct));
            var item = await db.RecycledItems.Where(i => i.Name == domain.Value && i.ParentId == null).Select(i => (long?)i.Id).FirstOrDefaultAsync(ct);
            // What is left of its mail goes with the next adminpanel purge.
            if (item is { } id && await purge.PlanAsync(id, actor, ct) is { } gone)
                Done(await purge.RunAsync(new PurgeItem.Input { Id = id, ConfirmName = gone.Name, Plan = gone.Fingerprint() }, actor, ct));
        }
        File.Delete(note);
    }

    private static T Done<T>(Outcome<T> outcome) => outcome is Outcome<T>.Done { Value: var value }
        ? value
        : throw new ApplyFailedException("probe", outcome is Outcome<T>.Refused { Problems: var problems } ? string.Join(' ', problems.Select(Shared.ProblemSentence.Of)) : "the database refused it");
}
