using AdminPanel.Benchmarks;

switch (args)
{
    case []:
        await DriverBenchmark.RunAsync();
        await MailboxBenchmark.RunAsync();
        await RenderBenchmark.RunAsync();
        await PanelBenchmark.RunAsync();
        await SignInBenchmark.RunAsync();
        await ManySignInsBenchmark.RunAsync();
        await RefusalBenchmark.RunAsync();
        await LookupBenchmark.RunAsync();
        await DnsBenchmark.RunAsync();
        return 0;
    case ["dns"]:
        await DnsBenchmark.RunAsync();
        return 0;
    case ["driver"]:
        await DriverBenchmark.RunAsync();
        return 0;
    case ["mailbox"]:
        await MailboxBenchmark.RunAsync();
        return 0;
    case ["render"]:
        await RenderBenchmark.RunAsync();
        return 0;
    case ["lookup"]:
        await LookupBenchmark.RunAsync();
        return 0;
    case ["sign-in"]:
        await SignInBenchmark.RunAsync();
        return 0;
    case ["sign-ins"]:
        await ManySignInsBenchmark.RunAsync();
        return 0;
    case ["refusals"]:
        await RefusalBenchmark.RunAsync();
        return 0;
    case ["panel"]:
        await PanelBenchmark.RunAsync();
        return 0;
    case ["serve"]:
        await PanelBenchmark.ServeAsync();
        return 0;
    case ["beside", var published]:
        await PanelBenchmark.BesideAsync(published);
        return 0;
    default:
        await Console.Error.WriteLineAsync("Usage: benchmarks [driver | mailbox | render | panel | serve | beside DIRECTORY | sign-in | sign-ins | refusals | lookup | dns]");
        return 2;
}
