using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using MariaDb.Client.Native;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

/// <summary>
/// The driver's picture of libmariadb's structs and constants is compared with what the C compiler makes of the
/// library's own headers. Every field and every constant that the driver declares has to have its line here.
/// </summary>
public sealed class NativeLayoutTests
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["MySqlBind.Length"] = "MYSQL_BIND, length",
        ["MySqlBind.IsNull"] = "MYSQL_BIND, is_null",
        ["MySqlBind.Buffer"] = "MYSQL_BIND, buffer",
        ["MySqlBind.Error"] = "MYSQL_BIND, error",
        ["MySqlBind.BufferLength"] = "MYSQL_BIND, buffer_length",
        ["MySqlBind.BufferType"] = "MYSQL_BIND, buffer_type",
        ["MySqlBind.IsUnsigned"] = "MYSQL_BIND, is_unsigned",
        ["MySqlField.Name"] = "MYSQL_FIELD, name",
        ["MySqlField.Length"] = "MYSQL_FIELD, length",
        ["MySqlField.NameLength"] = "MYSQL_FIELD, name_length",
        ["MySqlField.Flags"] = "MYSQL_FIELD, flags",
        ["MySqlField.CharacterSet"] = "MYSQL_FIELD, charsetnr",
        ["MySqlField.Type"] = "MYSQL_FIELD, type",
        ["MySqlTime.Year"] = "MYSQL_TIME, year",
        ["MySqlTime.Month"] = "MYSQL_TIME, month",
        ["MySqlTime.Day"] = "MYSQL_TIME, day",
        ["MySqlTime.Hour"] = "MYSQL_TIME, hour",
        ["MySqlTime.Minute"] = "MYSQL_TIME, minute",
        ["MySqlTime.Second"] = "MYSQL_TIME, second",
        ["MySqlTime.SecondPart"] = "MYSQL_TIME, second_part",
        ["MySqlTime.Negative"] = "MYSQL_TIME, neg",
        ["MySqlTime.Kind"] = "MYSQL_TIME, time_type",
        ["PollDescriptor.Descriptor"] = "struct pollfd, fd",
        ["PollDescriptor.Events"] = "struct pollfd, events",
        ["PollDescriptor.Returned"] = "struct pollfd, revents",
    };

    private static readonly Dictionary<string, string> Constants = new()
    {
        ["Option.ConnectTimeout"] = "MYSQL_OPT_CONNECT_TIMEOUT",
        ["Option.SetCharsetName"] = "MYSQL_SET_CHARSET_NAME",
        ["Option.LocalInfile"] = "MYSQL_OPT_LOCAL_INFILE",
        ["Option.Protocol"] = "MYSQL_OPT_PROTOCOL",
        ["Option.ReportDataTruncation"] = "MYSQL_REPORT_DATA_TRUNCATION",
        ["Option.Reconnect"] = "MYSQL_OPT_RECONNECT",
        ["Option.SslVerifyServerCert"] = "MYSQL_OPT_SSL_VERIFY_SERVER_CERT",
        ["Option.SslCa"] = "MYSQL_OPT_SSL_CA",
        ["Option.SslEnforce"] = "MYSQL_OPT_SSL_ENFORCE",
        ["TransportProtocol.Tcp"] = "MYSQL_PROTOCOL_TCP",
        ["TransportProtocol.Socket"] = "MYSQL_PROTOCOL_SOCKET",
        ["NativeConstants.ClientFoundRows"] = "CLIENT_FOUND_ROWS",
        ["NativeConstants.ClientMultiResults"] = "CLIENT_MULTI_RESULTS",
        ["NativeConstants.UnsignedFlag"] = "UNSIGNED_FLAG",
        ["NativeConstants.StatusInTransaction"] = "SERVER_STATUS_IN_TRANS",
        ["NativeConstants.ConnectionServerStatus"] = "MARIADB_CONNECTION_SERVER_STATUS",
        ["NativeConstants.NoData"] = "MYSQL_NO_DATA",
        ["NativeConstants.DataTruncated"] = "MYSQL_DATA_TRUNCATED",
        ["NativeConstants.BinaryCharacterSet"] = "63",
        ["MariaDbErrorCode.SocketConnectFailed"] = "CR_CONNECTION_ERROR",
        ["MariaDbErrorCode.HostConnectFailed"] = "CR_CONN_HOST_ERROR",
        ["MariaDbErrorCode.UnknownHost"] = "CR_UNKNOWN_HOST",
        ["MariaDbErrorCode.ServerGone"] = "CR_SERVER_GONE_ERROR",
        ["MariaDbErrorCode.ServerLost"] = "CR_SERVER_LOST",
        ["MariaDbErrorCode.TlsFailed"] = "CR_SSL_CONNECTION_ERROR",
        ["MariaDbErrorCode.ServerLostExtended"] = "CR_SERVER_LOST_EXTENDED",
        ["MariaDbErrorCode.ColumnsChanged"] = "CR_NEW_STMT_METADATA",
    };

    private static readonly Type[] Structs = [typeof(MySqlBind), typeof(MySqlField), typeof(MySqlTime), typeof(PollDescriptor)];

    [CompilerFact]
    public async Task Every_struct_and_constant_is_what_the_headers_say()
    {
        var declared = Declared();

        var compiled = await CompiledAsync(declared.Keys);

        Assert.Equal(compiled, declared);
    }

    /// <summary>C expression to the value that the driver believes in.</summary>
    private static SortedDictionary<string, long> Declared()
    {
        var values = new SortedDictionary<string, long>(StringComparer.Ordinal)
        {
            ["sizeof(MYSQL_BIND)"] = Marshal.SizeOf<MySqlBind>(),
            ["sizeof(MYSQL_FIELD)"] = Marshal.SizeOf<MySqlField>(),
            ["sizeof(MYSQL_TIME)"] = Marshal.SizeOf<MySqlTime>(),
            ["sizeof(struct pollfd)"] = Marshal.SizeOf<PollDescriptor>(),
            ["sizeof(unsigned long)"] = sizeof(ulong),
            ["sizeof(my_bool)"] = sizeof(byte),
            ["sizeof(enum enum_field_types)"] = sizeof(FieldType),
        };
        foreach (var field in Structs.SelectMany(type => type.GetFields()))
        {
            values[$"offsetof({Fields[$"{field.DeclaringType!.Name}.{field.Name}"]})"] = Marshal.OffsetOf(field.DeclaringType, field.Name);
        }
        foreach (var type in Enum.GetValues<FieldType>()) values[NameOf(type)] = (long)type;
        foreach (var option in Enum.GetValues<Option>()) values[Constants[$"Option.{option}"]] = (long)option;
        foreach (var protocol in Enum.GetValues<TransportProtocol>()) values[Constants[$"TransportProtocol.{protocol}"]] = (long)protocol;
        foreach (var constant in typeof(NativeConstants).GetFields()) values[Constants[$"NativeConstants.{constant.Name}"]] = Value(constant);
        foreach (var constant in typeof(MariaDbErrorCode).GetFields().Where(constant => Value(constant) is >= 2000 and < 3000))
        {
            values[Constants[$"MariaDbErrorCode.{constant.Name}"]] = Value(constant);
        }
        return values;
    }

    /// <summary>LongBlob as MYSQL_TYPE_LONG_BLOB, where the header has an underscore.</summary>
    private static string NameOf(FieldType type) => "MYSQL_TYPE_" + type switch
    {
        FieldType.TinyBlob => "TINY_BLOB",
        FieldType.MediumBlob => "MEDIUM_BLOB",
        FieldType.LongBlob => "LONG_BLOB",
        FieldType.VarString => "VAR_STRING",
        _ => type.ToString().ToUpperInvariant(),
    };

    private static long Value(FieldInfo constant) => Convert.ToInt64(constant.GetRawConstantValue());

    private static async Task<SortedDictionary<string, long>> CompiledAsync(IEnumerable<string> expressions)
    {
        Requirement.Compiler.Demand();
        var directory = Directory.CreateTempSubdirectory("panel-layout-").FullName;
        try
        {
            var lines = expressions.Select(expression => $"    printf(\"%lld %s\\n\", (long long)({expression}), \"{expression}\");");
            await File.WriteAllTextAsync($"{directory}/layout.c", $$"""
                #include <stddef.h>
                #include <stdio.h>
                #include <poll.h>
                #include <mysql.h>
                #include <errmsg.h>
                int main(void) {
                {{string.Join('\n', lines)}}
                    return 0;
                }
                """);
            await RunAsync("/usr/bin/gcc", "-Wall", "-Werror", "-I/usr/include/mariadb", $"{directory}/layout.c", "-o", $"{directory}/layout");
            var output = await RunAsync($"{directory}/layout");
            var values = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 2));
            return new(values.ToDictionary(parts => parts[1], parts => long.Parse(parts[0])), StringComparer.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    internal static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program}: {await errors}");
    }
}
