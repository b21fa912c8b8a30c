using AdminPanel.Web.Platform;

namespace AdminPanel.Web.Features.MailServer;

/// <summary>dovecot/sieve/: spam goes to Junk, and what people move into Junk or out of it is learned. None of it where spam_filter is "none".</summary>
public static class SpamSieve
{
    /// <summary>IMAP keywords (RFC 5232) that a mailbox's own script leaves where its owner decided what is spam; no message is stored with them.</summary>
    public const string Junk = "PanelJunk";

    public const string Inbox = "PanelInbox";

    private const string Owner = "root:root";

    private const UnixFileMode Program = ConfigFile.AllRead | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static IEnumerable<RenderedFile> Files(MailServerSettings settings) => !settings.UsesRspamd ? [] :
    [
        Sieve("spam-to-junk.sieve", "what the spam filter has marked, or the owner calls spam, goes to Junk", $$"""
            require ["fileinto", "imap4flags", "mailbox"];
            if anyof (hasflag "{{Junk}}", allof (header :is "X-Spam" "Yes", not hasflag "{{Inbox}}")) {
              removeflag "{{Junk}}";
              fileinto :create "Junk";
              stop;
            }
            removeflag "{{Inbox}}";

            """),
        Sieve("learn-spam.sieve", "what somebody moves to Junk is learned as spam", """
            require ["copy", "imapsieve", "vnd.dovecot.pipe"];
            pipe :copy "rspamd-learn" ["spam"];

            """),
        Sieve("learn-ham.sieve", "what somebody moves out of Junk is learned as none, unless it is thrown away", """
            require ["copy", "environment", "imapsieve", "variables", "vnd.dovecot.pipe"];
            if environment :is "imap.mailbox" "Trash" {
              stop;
            }
            pipe :copy "rspamd-learn" ["ham"];

            """),
        new("dovecot/sieve/rspamd-learn", Program, Owner, Learn(settings), ["rspamd_run_directory"]),
    ];

    /// <summary>
    /// The program that hands a message to Rspamd. Dovecot runs it as Rspamd's own account, so that nobody's mail process
    /// may open the socket, which takes any order.
    /// </summary>
    private static string Learn(MailServerSettings settings) => $"""
        #!/bin/sh
        {GeneratedNote.For("Dovecot: hands a message to Rspamd to be learned.")}case "$1" in
        spam | ham) exec {settings.Paths.RspamdClient} -h {Rspamd.ControllerSocket(settings)} "learn_$1" ;;
        esac
        exit 1

        """;

    private static RenderedFile Sieve(string name, string what, string text) =>
        new($"dovecot/sieve/{name}", ConfigFile.AllRead, Owner, GeneratedNote.For($"Dovecot: {what}.") + text, []);

    /// <summary>The service in dovecot.conf that runs the program, for 2.3 and 2.4.</summary>
    public static string Service(MailServerSettings settings) => !settings.UsesRspamd ? "" : $$"""
        # Runs one program of root's for what people move into Junk and out of it.
        service rspamd-learn {
          executable = script {{settings.DovecotDirectory}}/sieve/rspamd-learn
          user = {{settings.Paths.RspamdAccount}}
          unix_listener rspamd-learn {
            mode = 0666
          }
        }

        """;

    /// <summary>What stands in dovecot.conf's block "plugin" for Dovecot 2.3.</summary>
    public static string Plugin23(MailServerSettings settings) => !settings.UsesRspamd ? "" : $"""

          sieve_before2 = file:{settings.DovecotDirectory}/sieve/spam-to-junk.sieve
          sieve_plugins = sieve_imapsieve sieve_extprograms
          sieve_global_extensions = +vnd.dovecot.pipe
          sieve_pipe_socket_dir = .
          imapsieve_mailbox1_name = Junk
          imapsieve_mailbox1_causes = COPY
          imapsieve_mailbox1_before = file:{settings.DovecotDirectory}/sieve/learn-spam.sieve
          imapsieve_mailbox2_name = *
          imapsieve_mailbox2_from = Junk
          imapsieve_mailbox2_causes = COPY
          imapsieve_mailbox2_before = file:{settings.DovecotDirectory}/sieve/learn-ham.sieve
        """;

    /// <summary>What dovecot.conf says of scripts to Dovecot 2.4.</summary>
    public static string Scripts24(MailServerSettings settings) => !settings.UsesRspamd ? "" : $$"""
        sieve_script spam-to-junk {
          type = before
          precedence = 2
          path = {{settings.DovecotDirectory}}/sieve/spam-to-junk.sieve
        }
        sieve_plugins {
          sieve_imapsieve = yes
          sieve_extprograms = yes
        }
        sieve_global_extensions {
          vnd.dovecot.pipe = yes
        }
        sieve_pipe_socket_dir = .
        mailbox Junk {
          sieve_script learn-spam {
            type = before
            cause = copy
            path = {{settings.DovecotDirectory}}/sieve/learn-spam.sieve
          }
        }
        imapsieve_from Junk {
          sieve_script learn-ham {
            type = before
            cause = copy
            path = {{settings.DovecotDirectory}}/sieve/learn-ham.sieve
          }
        }

        """;
}
