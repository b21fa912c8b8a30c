using AdminPanel.Web.Features.Cli;

return await CommandLine.RunAsync(args);
