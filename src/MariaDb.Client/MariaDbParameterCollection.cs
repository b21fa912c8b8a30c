using System.Collections;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace MariaDb.Client;

/// <summary>The parameters of one command.</summary>
[SuppressMessage("Design", "CA1010:Generic interface should also be implemented", Justification = "The base class is not generic.")]
public sealed class MariaDbParameterCollection : DbParameterCollection
{
    private readonly List<MariaDbParameter> parameters = [];

    public override int Count => parameters.Count;

    public override object SyncRoot => parameters;

    public MariaDbParameter AddWithValue(string name, object? value)
    {
        var parameter = new MariaDbParameter(name, value);
        parameters.Add(parameter);
        return parameter;
    }

    public override int Add(object value)
    {
        parameters.Add((MariaDbParameter)value);
        return parameters.Count - 1;
    }

    public override void AddRange(Array values)
    {
        foreach (var value in values) Add(value);
    }

    public override void Clear() => parameters.Clear();

    public override bool Contains(object value) => parameters.Contains((MariaDbParameter)value);

    public override bool Contains(string value) => IndexOf(value) >= 0;

    public override void CopyTo(Array array, int index) => ((ICollection)parameters).CopyTo(array, index);

    public override IEnumerator GetEnumerator() => parameters.GetEnumerator();

    public override int IndexOf(object value) => parameters.IndexOf((MariaDbParameter)value);

    public override int IndexOf(string parameterName)
    {
        var bare = parameterName.StartsWith('@') ? parameterName[1..] : parameterName;
        return parameters.FindIndex(parameter => parameter.BareName.Equals(bare, StringComparison.OrdinalIgnoreCase));
    }

    public override void Insert(int index, object value) => parameters.Insert(index, (MariaDbParameter)value);

    public override void Remove(object value) => parameters.Remove((MariaDbParameter)value);

    public override void RemoveAt(int index) => parameters.RemoveAt(index);

    public override void RemoveAt(string parameterName) => parameters.RemoveAt(IndexOf(parameterName));

    /// <param name="guess">Where it most likely is: most commands add parameters in the order of their text.</param>
    internal MariaDbParameter Find(string bareName, int guess)
    {
        if (guess < parameters.Count && Is(parameters[guess], bareName)) return parameters[guess];
        foreach (var parameter in parameters)
        {
            if (Is(parameter, bareName)) return parameter;
        }
        throw new MariaDbException(0, "07001", $"The statement names @{bareName}, and the command has no such parameter.");
    }

    protected override DbParameter GetParameter(int index) => parameters[index];

    protected override DbParameter GetParameter(string parameterName) => parameters[IndexOf(parameterName)];

    protected override void SetParameter(int index, DbParameter value) => parameters[index] = (MariaDbParameter)value;

    protected override void SetParameter(string parameterName, DbParameter value) => parameters[IndexOf(parameterName)] = (MariaDbParameter)value;

    private static bool Is(MariaDbParameter parameter, string bareName) => parameter.BareName.Equals(bareName, StringComparison.OrdinalIgnoreCase);
}
