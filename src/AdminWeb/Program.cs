using AdminPanel.Web.Features.Serve;

return await PanelHost.RunAsync(args);
