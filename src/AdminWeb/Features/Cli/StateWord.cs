using AdminPanel.Data.Mapping;
using AdminPanel.Data.Model;

namespace AdminPanel.Web.Features.Cli;

internal static class StateWord
{
    /// <summary>"domain inactive".</summary>
    public static string Of(AddressState state) => Words.Of(state).Replace('_', ' ');
}
