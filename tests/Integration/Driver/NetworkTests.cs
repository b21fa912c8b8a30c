using System.Net;
using System.Net.Sockets;
using AdminPanel.Tests.Support;
using MariaDb.Client;
using Xunit;

namespace AdminPanel.Tests.Integration.Driver;

public sealed class NetworkTests(TcpServer servers) : IClassFixture<TcpServer>
{
    [MariaDbFact]
    public void Plain_tcp_works_and_is_not_encrypted()
    {
        using var connection = Open($"Server=127.0.0.1;Port={servers.Tls.Port}");

        Assert.Null(connection.TlsCipher);
        Assert.Equal("tcp@127.0.0.1", connection.Scalar("SELECT USER()"));
    }

    [MariaDbFact]
    public void Required_tls_encrypts_without_asking_who_is_there()
    {
        using var connection = Open($"Server=127.0.0.1;Port={servers.Tls.Port};SslMode=Required");

        Assert.NotNull(connection.TlsCipher);
        Assert.Equal(connection.TlsCipher, connection.Scalar("SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS WHERE VARIABLE_NAME = 'SSL_CIPHER'"));
    }

    /// <summary>libmariadb 3.3 goes on in clear text when a server without TLS is asked for it; whoever sits between could take it away.</summary>
    [MariaDbTheory]
    [InlineData("SslMode=Required")]
    [InlineData("SslMode=VerifyFull")]
    public void A_server_without_tls_is_refused_when_tls_is_demanded(string demand)
    {
        var error = Assert.Throws<MariaDbException>(() => Open($"Server=localhost;Port={servers.Plain.Port};{demand}"));

        Assert.Equal(MariaDbErrorCode.TlsFailed, error.Number);
    }

    [MariaDbFact]
    public void Verified_tls_takes_the_right_authority_and_the_right_name()
    {
        using var connection = Open($"Server=localhost;Port={servers.Tls.Port};SslMode=VerifyFull;SslCa={servers.Tls.CaFile}");

        Assert.NotNull(connection.TlsCipher);
    }

    [MariaDbFact]
    public void Verified_tls_refuses_another_name()
    {
        var error = Assert.Throws<MariaDbException>(() => Open($"Server=127.0.0.1;Port={servers.Tls.Port};SslMode=VerifyFull;SslCa={servers.Tls.CaFile}"));

        Assert.Equal(MariaDbErrorCode.TlsFailed, error.Number);
    }

    [MariaDbFact]
    public void Verified_tls_refuses_an_unknown_authority()
    {
        var other = Directory.CreateTempSubdirectory("panel-ca-").FullName;
        try
        {
            TestCertificates.Write(other);

            var error = Assert.Throws<MariaDbException>(() => Open($"Server=localhost;Port={servers.Tls.Port};SslMode=VerifyFull;SslCa={other}/ca.pem"));

            Assert.Equal(MariaDbErrorCode.TlsFailed, error.Number);
            Assert.Throws<MariaDbException>(() => Open($"Server=localhost;Port={servers.Tls.Port};SslMode=VerifyFull"));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    /// <summary>Whoever sits between takes TLS out of the server's greeting and waits for what the driver says in clear text.</summary>
    [MariaDbFact]
    public async Task Verified_tls_says_nothing_to_a_server_that_offers_none()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var opening = Task.Run(() => Record.Exception(() => Open(
            $"Server=localhost;Port={((IPEndPoint)listener.LocalEndpoint).Port};SslMode=VerifyFull;SslCa={servers.Tls.CaFile}")));
        using var victim = await listener.AcceptTcpClientAsync();
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, servers.Plain.Port);
        var greeting = new byte[4096];
        var length = await server.GetStream().ReadAsync(greeting);

        await victim.GetStream().WriteAsync(greeting.AsMemory(0, length));

        Assert.Equal(0, await victim.GetStream().ReadAsync(new byte[4096]));
        Assert.Equal(MariaDbErrorCode.TlsFailed, Assert.IsType<MariaDbException>(await opening).Number);
    }

    [MariaDbFact]
    public void The_next_host_is_asked_when_one_is_away()
    {
        using var connection = Open($"Server=127.0.0.1:1, nowhere.invalid, 127.0.0.1:{servers.Plain.Port}");

        Assert.Equal($"127.0.0.1:{servers.Plain.Port}", connection.DataSource);
        Assert.Equal(servers.Plain.Port, Convert.ToInt32(connection.Scalar("SELECT @@port")));
    }

    [MariaDbFact]
    public void A_wrong_password_is_not_tried_on_the_next_host()
    {
        using var connection = new MariaDbConnection($"Server=127.0.0.1:{servers.Plain.Port},127.0.0.1:1;User=tcp;Password=no");

        var error = Assert.Throws<MariaDbException>(connection.Open);

        Assert.Equal(MariaDbErrorCode.AccessDenied, error.Number);
    }

    [MariaDbFact]
    public async Task A_statement_is_stopped_on_the_host_where_it_runs()
    {
        await using var connection = Open($"Server=127.0.0.1:1,127.0.0.1:{servers.Tls.Port};SslMode=Required");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connection.Command("SELECT SLEEP(300)").ExecuteScalarAsync(cancellation.Token));

        Assert.Equal(1, connection.Scalar("SELECT 1"));
    }

    [MariaDbFact]
    public void An_encrypted_connection_is_used_again()
    {
        var where = $"Server=127.0.0.1;Port={servers.Tls.Port};SslMode=Required;MaxPoolSize=1";
        long thread;
        using (var first = Open(where)) thread = first.ServerThread;

        using var second = Open(where);

        Assert.Equal(thread, second.ServerThread);
    }

    private static MariaDbConnection Open(string where)
    {
        var connection = new MariaDbConnection($"{where};{TcpServer.Login}");
        connection.Open();
        return connection;
    }
}
