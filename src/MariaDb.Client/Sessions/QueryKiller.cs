using System.Globalization;
using System.Text;
using MariaDb.Client.Native;

namespace MariaDb.Client.Sessions;

/// <summary>Stops one session's running statement over a connection of its own (KILL QUERY); the session itself stays.</summary>
internal sealed unsafe class QueryKiller(SessionSettings settings, Endpoint endpoint, ulong threadId)
{
    /// <returns>False when the server could not be reached or did not let us.</returns>
    public bool TryKill()
    {
        try
        {
            using var side = SessionOpener.Connect(settings, endpoint, database: null);
            var sql = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"KILL QUERY {threadId}"));
            fixed (byte* text = sql)
            {
                var isSent = LibMariaDb.mysql_real_query(side.Pointer, text, (ulong)sql.Length) == 0;
                GC.KeepAlive(side);
                return isSent;
            }
        }
        catch (MariaDbException)
        {
            return false;
        }
    }
}
