using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Data.Addresses;
using AdminPanel.Data.Model;
using AdminPanel.Web.Features.Aliases;
using AdminPanel.Web.Features.MailServer;
using Microsoft.EntityFrameworkCore;

namespace AdminPanel.Web.Features.Explain;

/// <summary>
/// Says what becomes of mail for an address and who may send as it, from the model. It shares no SQL with the lookup
/// tables, so that each checks the other. A command for each step that mail goes on, and three besides.
/// </summary>
public sealed class ExplainAddress(AdminDb db, ServerSettings settings)
{
    /// <summary>Whoever holds one of these in the address's domain.</summary>
    public const DomainPermissions Sees = DomainPermissions.Mailboxes | DomainPermissions.Aliases;

    private const int Ok = 250;
    private const int Full = 452;
    private const int Unknown = 550;
    private const int NotOurs = 554;

    /// <param name="isOutside">Mail that another host offers on port 25; else what somebody sends who has signed in.</param>
    /// <param name="sender">The login of a mailbox that would send as the address; null where nobody is asked about.</param>
    /// <returns>Null where there is no such domain for this actor. A superadmin may ask for addresses of other hosts, too.</returns>
    public async Task<Explanation?> RunAsync(EmailAddress address, bool isOutside, Actor actor, CancellationToken ct, EmailAddress? sender = null)
    {
        var chosen = await settings.ReadAsync(ct);
        var delimiter = RecipientDelimiter.Of(chosen.GetValueOrDefault(RecipientDelimiter.Key));
        var (resolver, facts) = await new AddressFactRows(db, delimiter, actor).ReadAsync(address.Value, ct);
        var asked = facts[address.Value];
        if (!actor.IsSuperadmin && ((asked.Domain?.Allowed ?? DomainPermissions.None) & Sees) == 0) return null;

        var run = new Run(resolver, delimiter, chosen.GetValueOrDefault("relay_domains") == "yes", chosen.GetValueOrDefault("mx_relayhost") is { } hop and not "none" ? hop : "");
        var said = run.Explain(asked, isOutside, await SendersAsync(facts, asked, ct));
        var answer = sender is { } login ? new SenderAnswer(login.Value, await RefusalAsync(login.Value, said, facts, asked, actor, ct)) : null;
        return (said with { Sender = answer }).SeenBy(actor, facts);
    }

    // What must be right with the mailbox itself, and then with its right to the address.
    private async Task<SenderRefusal> RefusalAsync(string login, Explanation said, IReadOnlyDictionary<string, AddressFacts> facts, AddressFacts asked, Actor actor, CancellationToken ct)
    {
        var now = db.UtcNow;
        var mailbox = await db.Mailboxes.VisibleTo(actor).Where(m => m.Entry!.Address == login)
            .Select(m => new { m.AllowsSmtp, State = AddressStates.At(now, m.Entry!.IsActive, m.Entry.ActiveFrom, m.Entry.ActiveUntil, m.Entry.Domain!.IsActive) }).FirstOrDefaultAsync(ct);
        return mailbox switch
        {
            null => SenderRefusal.NoMailbox,
            { State: not AddressState.Active } => SenderRefusal.MailboxInactive,
            { AllowsSmtp: false } => SenderRefusal.SubmissionOff,
            _ => said.Senders.Any(s => s.Login == login) ? SenderRefusal.None : Senders.Refusal(facts, asked, login),
        };
    }

    private async Task<IReadOnlyList<SenderLogin>> SendersAsync(IReadOnlyDictionary<string, AddressFacts> facts, AddressFacts asked, CancellationToken ct)
    {
        if (asked.Domain is not { IsActive: true } domain || domain.Target is { IsActive: false }) return [];

        var senders = Senders.OfOwner(facts, asked).ToList();
        var (exact, all, now) = (asked.Address, $"@{asked.DomainName}", db.UtcNow);
        var granted = from g in db.SendAsGrants
                      where g.DomainId == domain.Id && (g.Address == exact || g.Address == all)
                      join m in db.Mailboxes on g.MailboxId equals m.Id
                      let w = m.Entry!
                      where w.IsActive && w.Domain!.IsActive && (w.ActiveFrom == null || w.ActiveFrom <= now) && (w.ActiveUntil == null || w.ActiveUntil > now)
                      select new { Login = w.Address, g.Address };
        senders.AddRange((await granted.ToListAsync(ct)).Select(g => new SenderLogin(g.Login, g.Address == exact ? SenderRight.Grant : SenderRight.DomainGrant)));
        return [.. senders.DistinctBy(s => s.Login).OrderBy(s => s.Login, StringComparer.Ordinal)];
    }

    /// <summary>One explanation in the making.</summary>
    private sealed class Run(Resolver resolver, RecipientDelimiter delimiter, bool hasRelay, string mxRelayhost)
    {
        /// <summary>Steps whose statements are written out.</summary>
        private const int WithSql = 20;

        private readonly LookupQuery query = new(delimiter, hasRelay, mxRelayhost);

        private readonly Dictionary<string, ExplainStep> steps = new(StringComparer.Ordinal);

        public Explanation Explain(AddressFacts asked, bool isOutside, IReadOnlyList<SenderLogin> senders)
        {
            var first = resolver.Answer(asked.Address, isOutside);
            var (reply, silence) = ReplyTo(asked, first, isOutside);
            steps.Add(asked.Address, StepOf(asked, first, isOutside));
            var (outcome, ends) = reply is Ok or Full || (!isOutside && asked.Domain is null) ? Expand(asked.Address) : (ExplainOutcome.Refused, []);
            return new Explanation(asked.Address, isOutside, reply, silence, outcome, [.. steps.Values], [.. ends.Distinct(StringComparer.Ordinal).Select(EndOf)], senders);
        }

        // smtpd(8): is the domain ours, does the address exist, and has its mailbox room.
        private (int Reply, Silence Silence) ReplyTo(AddressFacts asked, LookupAnswer answer, bool isOutside)
        {
            if (asked.Domain is null) return isOutside ? (NotOurs, Silence.DomainElsewhere) : (Ok, Silence.None);
            if (answer.Silence is Silence.DomainInactive or Silence.DomainInBin or Silence.TargetInactive) return isOutside ? (NotOurs, answer.Silence) : (Ok, Silence.None);
            if (asked.Domain.Kind == DomainKind.Relay && !hasRelay) return isOutside ? (NotOurs, Silence.DomainElsewhere) : (Ok, Silence.None);
            if (answer.Silence != Silence.None) return (Unknown, answer.Silence);

            return answer.Owner is { Stores: true, IsFull: true } ? (Full, Silence.None) : (Ok, Silence.None);
        }

        // cleanup_map1n_internal in Postfix's cleanup_map1n.c: an address is replaced by its answers until it is its own or has none.
        private (ExplainOutcome Outcome, IReadOnlyList<string> Ends) Expand(string address)
        {
            var open = new List<string> { address };
            var itself = new HashSet<string>(StringComparer.Ordinal);
            for (var at = 0; at < open.Count; at++)
            {
                for (var depth = 0; !itself.Contains(open[at]); depth++)
                {
                    if (open.Count > Expansion.Limit) return (Beyond(address), []);
                    if (depth >= Expansion.Limit) return (ExplainOutcome.Circle, []);

                    var from = open[at];
                    var answer = resolver.Answer(from, isOutside: false);
                    steps.TryAdd(from, StepOf(resolver.Facts(from), answer, isOutside: false));
                    if (answer.Addresses.Count == 0) break;

                    open[at] = answer.Addresses[0];
                    open.AddRange(answer.Addresses.Skip(1));
                    if (answer.Addresses.Contains(from)) itself.Add(from);
                }
            }
            return open.Count > Expansion.Limit ? (ExplainOutcome.TooMany, []) : (ExplainOutcome.Complete, open);
        }

        // Too many because of a circle, or because there are so many.
        private ExplainOutcome Beyond(string address)
        {
            var (done, on) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
            return Returns(address) ? ExplainOutcome.Circle : ExplainOutcome.TooMany;

            bool Returns(string from)
            {
                if (on.Contains(from)) return true;
                if (!done.Add(from)) return false;

                on.Add(from);
                var returns = resolver.Answer(from, isOutside: false).Addresses.Any(to => to != from && Returns(to));
                on.Remove(from);
                return returns;
            }
        }

        private Ending EndOf(string address)
        {
            var asked = resolver.Facts(address);
            var (owner, _) = Resolver.OwnerOf(asked);
            // Dovecot knows a mailbox by its own name, with or without an extension: no other domain, no catch-all, and not that it forwards.
            if (asked.Domain is { IsActive: true } domain && owner is { Kind: AddressKind.Mailbox, IsLive: true } && owner.DomainId == domain.Id)
                return new Ending(owner.IsFull ? EndingKind.FullMailbox : EndingKind.Mailbox, address, owner.Home, owner.UsedBytes, owner.QuotaBytes);

            return Resolver.DomainSilence(asked.Domain) switch
            {
                Silence.None or Silence.DomainTakesNothing when asked.Domain!.Kind != DomainKind.Relay => new Ending(EndingKind.Bounce, address),
                Silence.None when hasRelay => new Ending(EndingKind.NextHop, address, NextHop: asked.Domain!.NextHop),
                _ => new Ending(EndingKind.Elsewhere, address),
            };
        }

        private ExplainStep StepOf(AddressFacts asked, LookupAnswer answer, bool isOutside)
        {
            var owner = answer.Owner is { } o ? new ExplainOwner(o.Id, o.Address, o.Kind, answer.Way, o.State, o.IsInternal, o.IsGroup, o.KeepsCopy) : null;
            var isOurs = Resolver.DomainSilence(asked.Domain) is Silence.None or Silence.DomainTakesNothing;
            List<Lookup> lookups = [Asked("virtual_mailbox_domains", asked.DomainName, isOurs ? [asked.DomainName] : [])];
            if (isOurs) lookups.AddRange(AddressLookups(asked, answer, isOutside));
            if (asked.Domain is { Kind: DomainKind.Relay } relay && hasRelay) lookups.Add(Asked("transport_maps", asked.Address, relay.IsActive ? [NextHopOf(relay)] : []));
            return new ExplainStep(asked.Address, asked.Domain?.Kind, asked.Domain?.Target?.Name, owner, answer.Addresses, [.. answer.LeftOut.Select(l => new LeftOut(l.Address, l.Why))], answer.Silence, lookups);
        }

        private string NextHopOf(DomainFacts relay) => $"relay:{relay.NextHop ?? (mxRelayhost.Length > 0 ? mxRelayhost : relay.Name)}";

        // In the order of the tables, up to the one that answers.
        private IEnumerable<Lookup> AddressLookups(AddressFacts asked, LookupAnswer answer, bool isOutside)
        {
            var isPlain = resolver.IsPlain(answer);
            yield return Asked("plain_alias_maps", asked.Address, isPlain ? answer.Addresses : []);
            if (isPlain) yield break;

            // A mailbox that keeps a copy of what it forwards, and of whose destinations none can receive, is found by the last table alone.
            var isLast = answer.Owner is { Kind: AddressKind.Mailbox, Destinations.Count: > 0 } && answer.Addresses.SequenceEqual([asked.Address]);
            var second = isLast ? [] : answer.Addresses;
            yield return Asked(isOutside ? "virtual_alias_maps_outside" : "virtual_alias_maps", asked.Address, second);
            if (second.Count == 0) yield return Asked("virtual_mailbox_maps", asked.Address, isLast ? [answer.Owner!.Home!] : []);
        }

        private Lookup Asked(string table, string key, IReadOnlyList<string> answers) => new(table, key, answers, steps.Count < WithSql ? query.Of(table, key) : null);
    }
}
