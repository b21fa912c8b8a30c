using System.Runtime.InteropServices;

namespace MariaDb.Client.Native;

/// <summary>
/// The functions of libmariadb that the driver calls (MariaDB Connector/C API reference). A MYSQL* may move between
/// threads but is never used by two at once; that is the callers' duty, and <see cref="LibraryLoader.Demand"/> comes first.
/// </summary>
internal static unsafe partial class LibMariaDb
{
    public const string Library = "mariadb";

    [LibraryImport(Library)] public static partial int mysql_server_init(int count, nint arguments, nint groups);
    [LibraryImport(Library)] public static partial ulong mysql_get_client_version();
    [LibraryImport(Library)] public static partial byte* mysql_get_client_info();

    [LibraryImport(Library)] public static partial nint mysql_init(nint mysql);
    [LibraryImport(Library)] public static partial void mysql_close(nint mysql);
    [LibraryImport(Library)] public static partial int mysql_options(nint mysql, Option option, void* value);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint mysql_real_connect(
        nint mysql, string? host, string? user, string? password, string? database, uint port, string? socket, ulong flags);
    [LibraryImport(Library)] public static partial int mysql_reset_connection(nint mysql);
    [LibraryImport(Library)] public static partial int mysql_ping(nint mysql);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial int mysql_select_db(nint mysql, string database);
    [LibraryImport(Library)] public static partial int mysql_real_query(nint mysql, byte* sql, ulong length);
    [LibraryImport(Library)] public static partial nint mysql_store_result(nint mysql);
    [LibraryImport(Library)] public static partial void mysql_free_result(nint result);
    [LibraryImport(Library)] public static partial ulong mysql_affected_rows(nint mysql);
    [LibraryImport(Library)] public static partial uint mysql_errno(nint mysql);
    [LibraryImport(Library)] public static partial byte* mysql_error(nint mysql);
    [LibraryImport(Library)] public static partial byte* mysql_sqlstate(nint mysql);
    [LibraryImport(Library)] public static partial ulong mysql_thread_id(nint mysql);
    [LibraryImport(Library)] public static partial int mysql_get_socket(nint mysql);
    [LibraryImport(Library)] public static partial byte* mysql_get_server_info(nint mysql);
    [LibraryImport(Library)] public static partial byte* mysql_get_ssl_cipher(nint mysql);
    [LibraryImport(Library)] public static partial byte mariadb_get_info(nint mysql, int what, void* value);

    [LibraryImport(Library)] public static partial nint mysql_stmt_init(nint mysql);
    [LibraryImport(Library)] public static partial byte mysql_stmt_close(nint statement);
    [LibraryImport(Library)] public static partial int mysql_stmt_prepare(nint statement, byte* sql, ulong length);
    [LibraryImport(Library)] public static partial ulong mysql_stmt_param_count(nint statement);
    [LibraryImport(Library)] public static partial byte mysql_stmt_bind_param(nint statement, MySqlBind* binds);
    [LibraryImport(Library)] public static partial int mysql_stmt_execute(nint statement);
    [LibraryImport(Library)] public static partial uint mysql_stmt_field_count(nint statement);
    [LibraryImport(Library)] public static partial nint mysql_stmt_result_metadata(nint statement);
    [LibraryImport(Library)] public static partial MySqlField* mysql_fetch_fields(nint result);
    [LibraryImport(Library)] public static partial byte mysql_stmt_bind_result(nint statement, MySqlBind* binds);
    [LibraryImport(Library)] public static partial int mysql_stmt_fetch(nint statement);
    [LibraryImport(Library)] public static partial int mysql_stmt_fetch_column(nint statement, MySqlBind* bind, uint column, ulong offset);
    [LibraryImport(Library)] public static partial byte mysql_stmt_free_result(nint statement);
    [LibraryImport(Library)] public static partial byte mysql_stmt_more_results(nint statement);
    [LibraryImport(Library)] public static partial int mysql_stmt_next_result(nint statement);
    [LibraryImport(Library)] public static partial ulong mysql_stmt_affected_rows(nint statement);
    [LibraryImport(Library)] public static partial uint mysql_stmt_errno(nint statement);
    [LibraryImport(Library)] public static partial byte* mysql_stmt_error(nint statement);
    [LibraryImport(Library)] public static partial byte* mysql_stmt_sqlstate(nint statement);

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
