using System.Text;
using AdminPanel.Data;
using AdminPanel.Data.Access;
using AdminPanel.Tests.Support;
using AdminPanel.Web.Features.Import;
using AdminPanel.Web.Features.Jobs;
using AdminPanel.Web.Features.Shared;
using AdminPanel.Web.Platform.Passwords;
using Xunit;

namespace AdminPanel.Tests.Integration.Operations;

/// <summary>Mailboxes from CSV: what a plan says of each line, and that the job does what was seen and nothing else.</summary>
public sealed class ImportTests(OperationsDatabase database) : OperationsTest(database)
{
    private const string Hash = "{SHA512-CRYPT}$6$saltsalt$qFmFH.bQmmtXzyBY0s9v7Oicd2z4XSIecDzlB5KiA2/jctKu9YterLp8wwnSq.qc.eoxqOmSuNp2xS0ktL3nh/";

    private Actor admin = null!;

    [MariaDbFact]
    public async Task The_plan_has_a_sentence_for_every_line_and_writes_nothing()
    {
        await WorldAsync();
        var before = await TablesAsync();

        var id = await UploadAsync(
            """
            address,name,password,password hash,quota,active,forward to
            good@example.org,Good,,,,,
            nowhere,,,,,,
            x@foreign.example,,,,,,
            GOOD@Example.ORG,,,,,,
            taken@example.org,,,,,,
            info@example.org,,,,,,
            weak@example.org,,short,,,,
            both@example.org,,correct horse battery,{SSHA}x,,,
            bare@example.org,,,$6$salt$hash,,,
            quota@example.org,,,,many,,
            state@example.org,,,,,perhaps,
            forward@example.org,,,,,,not an address
            slash/ed@example.org,,,,,,
            """);

        Assert.Equal(
            [
                "2", "3 NoAt", "4 ImportDomainUnknown", "5 ImportDuplicate", "6 AddressTakenByMailbox", "7 AddressTakenByAlias", "8 PasswordTooShort", "9 ImportPasswordTwice",
                "10 HashWithoutScheme", "11 SizeUnreadable", "12 ActiveUnreadable", "13 DestinationNoAt", "14 LocalPartNotForMailbox",
            ],
            (await LinesAsync(id)).Select(l => string.Join(' ', l.Problems.Select(p => p.Code).Distinct().Prepend($"{l.Line.Number}"))).Select(t => t.Replace("9 ImportPasswordTwice", "9 ImportPasswordTwice", StringComparison.Ordinal)));
        Assert.Equal(before, await TablesAsync());
        Assert.Equal("13\t12", await AskAsync("SELECT total, refused_count FROM imports"));
        Assert.Equal("import.upload", await AskAsync("SELECT action FROM audit_entries"));
    }

    [MariaDbFact]
    public async Task The_last_places_of_a_domain_go_to_the_first_lines()
    {
        await WorldAsync();
        await DomainAsync("small.example", mailboxLimit: 2, quotaLimit: 5L << 30);
        await GrantAsync("small.example");

        var id = await UploadAsync("address,quota\na@small.example,4G\nb@small.example,2G\nc@small.example,1G\nd@small.example,1M\ne@small.example,none\n");

        Assert.Equal(
            ["2", "3 QuotaLimitReached", "4", "5 MailboxLimitReached QuotaLimitReached", "6 MailboxLimitReached QuotaNeeded"],
            (await LinesAsync(id)).Select(l => string.Join(' ', l.Problems.Select(p => p.Code).Prepend($"{l.Line.Number}"))));
        await WorkAsync(await StartAsync(id));
        Assert.Equal("a@small.example\nc@small.example", await AskAsync("SELECT address FROM addresses WHERE address LIKE '%small.example' ORDER BY 1"));
        Assert.Equal($"2\t{5L << 30}", await AskAsync("SELECT mailbox_count, allocated_quota FROM domains WHERE name = 'small.example'"));
    }

    [MariaDbFact]
    public async Task The_job_adds_what_was_seen_and_the_passwords_can_be_taken_once()
    {
        await WorldAsync();
        var id = await UploadAsync($"address,name,password,password hash,quota,active,forward to\nann@example.org,Ann,{Password},,2G,no,x@y.example\nbob@example.org,,,{Hash},none,,\nwrong,,,,,,\ncarl@example.org,,,,,,\n");

        var job = await StartAsync(id);
        await WorkAsync(job);

        Assert.Equal("done\t4\t3\t1", await AskAsync("SELECT state, total, done_count, refused_count FROM jobs"));
        Assert.Equal("2\tann@example.org\tNULL\n3\tbob@example.org\tNULL\n4\twrong\tNoAt\n5\tcarl@example.org\tNULL", await AskAsync("SELECT number, subject, problem FROM job_results ORDER BY number"));
        Assert.Equal($"ann@example.org\tAnn\t{2L << 30}\t0\nbob@example.org\tNULL\tNULL\t1\ncarl@example.org\tNULL\t{1L << 30}\t1",
            await AskAsync("SELECT a.address, m.display_name, m.quota_bytes, a.is_active FROM mailboxes m JOIN addresses a ON a.id = m.address_id WHERE a.address <> 'taken@example.org' ORDER BY 1"));
        Assert.Equal(Hash, await AskAsync("SELECT password_hash FROM mailboxes m JOIN addresses a ON a.id = m.address_id WHERE address = 'bob@example.org'"));
        Assert.Equal("x@y.example", await AskAsync("SELECT d.address FROM destinations d JOIN addresses a ON a.id = d.address_id WHERE a.address = 'ann@example.org'"));
        Assert.Equal("mailbox.create\tute\t3", await AskAsync("SELECT action, actor, COUNT(*) FROM audit_entries WHERE action = 'mailbox.create'"));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM import_blocks"));

        var made = Assert.Single(Done(await TakeAsync(job)));
        Assert.Equal("carl@example.org", made.Address);
        var stored = await AskAsync("SELECT password_hash FROM mailboxes m JOIN addresses a ON a.id = m.address_id WHERE address = 'carl@example.org'");
        using var hasher = new PasswordHasher();
        Assert.True(hasher.Verify(stored, made.Password).Matches);
        Assert.IsType<Outcome<IReadOnlyList<MadePassword>>.NotFound>(await TakeAsync(job));
        Assert.Equal("0\t0", await AskAsync("SELECT COUNT(secret), (SELECT COUNT(*) FROM imports) FROM job_results"));
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM audit_entries WHERE action = 'job.take-passwords'"));
    }

    /// <summary>The attack: a copy of the database, taken at any moment, is searched for the passwords in the file and for those that were made.</summary>
    [MariaDbFact]
    public async Task No_password_ever_stands_in_the_database_in_clear()
    {
        await WorldAsync();
        var id = await UploadAsync($"address,password\nann@example.org,{Password}\nbob@example.org,\n");
        var looked = await DumpAsync();
        var job = await StartAsync(id);
        var started = await DumpAsync();
        await WorkAsync(job);
        var done = await DumpAsync();
        var made = Done(await TakeAsync(job)).Single().Password;

        foreach (var dump in (string[])[looked, started, done])
        {
            Assert.DoesNotContain(Password, dump, StringComparison.Ordinal);
            Assert.DoesNotContain(made, dump, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Password))[..20], dump, StringComparison.Ordinal);
        }
        Assert.Contains("import_blocks", looked, StringComparison.Ordinal);
    }

    [MariaDbFact]
    public async Task A_plan_that_is_no_longer_true_is_shown_anew_before_anything_is_added()
    {
        await WorldAsync();
        var id = await UploadAsync("address\nann@example.org\nbob@example.org\n");
        await AliasAsync("ann@example.org", "x@y.example");

        AssertRefused(await TryStartAsync(id, 1), ":ImportPlanChanged");
        AssertRefused(await TryStartAsync(id, 1), ":ImportPlanChanged");

        Assert.Equal(["AddressTakenByAlias", ""], (await LinesAsync(id)).Select(l => string.Join(' ', l.Problems.Select(p => p.Code))));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM jobs"));
        await WorkAsync(Done(await TryStartAsync(id, 2)).Id);
        Assert.Equal("bob@example.org", await AskAsync("SELECT address FROM addresses WHERE kind = 'mailbox' AND address <> 'taken@example.org'"));
    }

    [MariaDbFact]
    public async Task What_is_taken_while_the_job_runs_is_left_out_and_the_result_says_so()
    {
        await WorldAsync();
        var job = await StartAsync(await UploadAsync("address\nann@example.org\nbob@example.org\n"));
        await AliasAsync("ann@example.org", "x@y.example");

        await WorkAsync(job);

        Assert.Equal("2\tAddressTakenByAlias\n3\tNULL", await AskAsync("SELECT number, problem FROM job_results ORDER BY number"));
        Assert.Equal("1", await AskAsync("SELECT mailbox_count - 1 FROM domains WHERE name = 'example.org'"));
    }

    [MariaDbFact]
    public async Task Nobody_else_sees_starts_discards_or_takes_anything()
    {
        await WorldAsync();
        var id = await UploadAsync("address\nann@example.org\n");
        var other = await DomainAdminAsync("other", "example.org");
        var root = new Actor(other.AccountId + 1000, "root", AccountKind.Superadmin, null, "r");

        foreach (var stranger in (Actor[])[other, root, Superadmin])
        {
            Assert.Null(await RunAsync<ImportRows, ImportDetail?>(r => r.FindAsync(id, stranger, default)));
            Assert.IsType<Outcome<Saved>.NotFound>(await RunAsync<StartImport, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = 1 }, stranger, default)));
            Assert.IsType<Outcome<long>.NotFound>(await RunAsync<DiscardImport, Outcome<long>>(o => o.RunAsync(new() { Id = id }, stranger, default)));
        }
        var job = await StartAsync(id);
        await WorkAsync(job);
        foreach (var stranger in (Actor[])[other, root, Superadmin])
            Assert.IsType<Outcome<IReadOnlyList<MadePassword>>.NotFound>(await RunAsync<TakePasswords, Outcome<IReadOnlyList<MadePassword>>>(o => o.RunAsync(new() { JobId = job }, stranger, default)));
        Assert.Single(Done(await TakeAsync(job)));
    }

    [MariaDbFact]
    public async Task An_admin_without_the_permission_uploads_nothing_and_one_who_loses_it_adds_nothing()
    {
        await WorldAsync();
        var id = await UploadAsync("address\nann@example.org\n");
        var job = await StartAsync(id);
        await AskAsync("UPDATE domain_admins SET permissions = 0");

        Assert.IsType<Outcome<long>.NotFound>(await TryUploadAsync("address\nann@example.org\n"));
        await WorkAsync(job);

        Assert.Equal("2\tImportDomainUnknown", await AskAsync("SELECT number, problem FROM job_results"));
        Assert.Equal("0", await AskAsync("SELECT COUNT(*) FROM imports"));
    }

    [MariaDbFact]
    public async Task A_cancelled_import_keeps_no_lines()
    {
        await WorldAsync();
        var job = await StartAsync(await UploadAsync("address\n" + string.Concat(Enumerable.Range(0, 30).Select(n => $"a{n}@example.org\n"))));
        var fence = (await RunAsync<JobStep, long?>(s => s.TakeAsync(job, default)))!.Value;
        await RunAsync<JobStep, bool>(s => s.RunAsync(job, fence, default));
        Done(await RunAsync<CancelJob, Outcome<Saved>>(o => o.RunAsync(new() { Id = job }, admin, default)));

        Assert.False(await RunAsync<JobStep, bool>(s => s.RunAsync(job, fence, default)));

        Assert.Equal("cancelled\t25\t0", await AskAsync("SELECT state, done_count, (SELECT COUNT(*) FROM import_blocks) FROM jobs"));
        Assert.Equal(25, Done(await TakeAsync(job)).Count);
    }

    /// <summary>A worker that was thought dead comes back after another took its job: it adds nothing any more.</summary>
    [MariaDbFact]
    public async Task A_worker_that_lost_its_lease_adds_nothing()
    {
        await WorldAsync();
        var job = await StartAsync(await UploadAsync($"address,password hash\n{string.Concat(Enumerable.Range(0, 60).Select(n => $"a{n:00}@example.org,{Hash}\n"))}"));
        var first = (await RunAsync<JobStep, long?>(s => s.TakeAsync(job, default)))!.Value;
        Assert.True(await RunAsync<JobStep, bool>(s => s.RunAsync(job, first, default)));
        await AskAsync("UPDATE jobs SET lease_until = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND");
        var second = (await RunAsync<JobStep, long?>(s => s.TakeAsync(job, default)))!.Value;

        Assert.False(await RunAsync<JobStep, bool>(s => s.RunAsync(job, first, default)));
        Assert.Equal("26", await AskAsync("SELECT mailbox_count FROM domains WHERE name = 'example.org'"));
        while (await RunAsync<JobStep, bool>(s => s.RunAsync(job, second, default)))
        {
            // To its end.
        }
        Assert.Equal("60\t61\t60", await AskAsync("SELECT (SELECT COUNT(DISTINCT subject) FROM audit_entries WHERE action = 'mailbox.create'), mailbox_count, (SELECT COUNT(*) FROM job_results) FROM domains WHERE name = 'example.org'"));
    }

    [MariaDbFact]
    public async Task Two_that_start_the_same_import_start_one_job()
    {
        await WorldAsync();
        var id = await UploadAsync("address\nann@example.org\n");

        var outcomes = await Task.WhenAll(TryStartAsync(id, 1), TryStartAsync(id, 1));

        Assert.Single(outcomes, o => o is Outcome<Saved>.Done);
        Assert.Equal("1", await AskAsync("SELECT COUNT(*) FROM jobs"));
    }

    private async Task WorldAsync()
    {
        await DomainAsync("example.org", defaultQuota: 1L << 30);
        await DomainAsync("foreign.example");
        await MailboxAsync("taken@example.org");
        await AliasAsync("info@example.org", "taken@example.org");
        admin = await DomainAdminAsync("ute", "example.org");
    }

    private Task<string> GrantAsync(string domain) =>
        AskAsync($"INSERT INTO domain_admins (account_id, domain_id, permissions) SELECT {admin.AccountId}, id, 1 FROM domains WHERE name = '{domain}'");

    private Task<string> DumpAsync() => AskAsync("SELECT 'import_blocks', b.* FROM import_blocks b; SELECT * FROM imports; SELECT * FROM jobs; SELECT * FROM job_results; SELECT * FROM audit_entries; SELECT * FROM mailboxes");

    private Task<Outcome<long>> TryUploadAsync(string csv) => RunAsync<UploadImport, Outcome<long>>(o => o.RunAsync(new() { File = Encoding.UTF8.GetBytes(csv) }, admin, default));

    private async Task<long> UploadAsync(string csv) => Done(await TryUploadAsync(csv));

    private async Task<IReadOnlyList<PlannedLine>> LinesAsync(long id) => (await RunAsync<ImportRows, ImportPage>(r => r.LinesAsync(id, 0, onlyRefused: false, default))).Lines;

    private Task<Outcome<Saved>> TryStartAsync(long id, long version) => RunAsync<StartImport, Outcome<Saved>>(o => o.RunAsync(new() { Id = id, Version = version }, admin, default));

    private async Task<long> StartAsync(long id) => Done(await TryStartAsync(id, 1)).Id;

    private Task<Outcome<IReadOnlyList<MadePassword>>> TakeAsync(long job) => RunAsync<TakePasswords, Outcome<IReadOnlyList<MadePassword>>>(o => o.RunAsync(new() { JobId = job }, admin, default));

    private async Task WorkAsync(long job)
    {
        var fence = (await RunAsync<JobStep, long?>(s => s.TakeAsync(job, default)))!.Value;
        while (await RunAsync<JobStep, bool>(s => s.RunAsync(job, fence, default)))
        {
            // To its end.
        }
    }
}
