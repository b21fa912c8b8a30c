namespace AdminPanel.Web.Features.Jobs;

/// <summary>The words of the pages about jobs: JobsText.resx.</summary>
public sealed class JobsText;
