using AdminPanel.Benchmarks;

switch (args)
{
    case []:
        await DriverBenchmark.RunAsync();
        await MailboxBenchmark.RunAsync();
        await PanelBenchmark.RunAsync();
        return 0;
    case ["driver"]:
        await DriverBenchmark.RunAsync();
        return 0;
    case ["mailbox"]:
        await MailboxBenchmark.RunAsync();
        return 0;
    case ["panel"]:
        await PanelBenchmark.RunAsync();
        return 0;
    case ["serve"]:
        await PanelBenchmark.ServeAsync();
        return 0;
    default:
        await Console.Error.WriteLineAsync("Usage: benchmarks [driver | mailbox | panel | serve]");
        return 2;
}
