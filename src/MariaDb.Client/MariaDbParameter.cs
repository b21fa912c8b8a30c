using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MariaDb.Client;

/// <summary>A value that a command's text calls @name. Its .NET type alone decides how it travels; null is NULL.</summary>
public sealed class MariaDbParameter : DbParameter
{
    private string name = "";

    public MariaDbParameter() { }

    public MariaDbParameter(string name, object? value)
    {
        ParameterName = name;
        Value = value;
    }

    /// <summary>With or without the @; upper and lower case are the same.</summary>
    [AllowNull]
    public override string ParameterName
    {
        get => name;
        set
        {
            name = value ?? "";
            BareName = name.StartsWith('@') ? name[1..] : name;
        }
    }

    public override object? Value { get; set; }

    /// <summary>For the caller's own use: values are sent as what they are.</summary>
    public override DbType DbType { get; set; } = DbType.Object;

    /// <summary>Input, always.</summary>
    public override ParameterDirection Direction
    {
        get => ParameterDirection.Input;
        set
        {
            if (value != ParameterDirection.Input) throw new NotSupportedException("Parameters go in; select what comes out.");
        }
    }

    public override bool IsNullable { get; set; }

    /// <summary>For the caller's own use: nothing is ever cut off.</summary>
    public override int Size { get; set; }

    [AllowNull]
    public override string SourceColumn { get; set; } = "";

    public override bool SourceColumnNullMapping { get; set; }

    internal string BareName { get; private set; } = "";

    public override void ResetDbType() => DbType = DbType.Object;
}
