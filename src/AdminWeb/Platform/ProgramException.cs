namespace AdminPanel.Web.Platform;

/// <summary>A program of this host could not be asked. The message is a sentence for whoever runs the panel.</summary>
public sealed class ProgramException : IOException
{
    public ProgramException()
    {
    }

    public ProgramException(string message) : base(message)
    {
    }

    public ProgramException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
