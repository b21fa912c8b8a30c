namespace AdminPanel.Web.Features.MailServer;

/// <summary>dovecot/dovecot-sign-ins.conf.ext, for Dovecot 2.3: what it reports to the panel about sign-ins. A file of its own, since it holds a password.</summary>
public static class DovecotSignIns
{
    public static readonly IReadOnlyList<string> Settings = ["sign_in_report", "sign_in_report_password"];

    // The stats process sends the events; a sign-in waits neither for it nor for the panel. A password is no field of the event.
    public static string Render(MailServerSettings settings) =>
        GeneratedNote.For("Dovecot 2.3: reports sign-ins to the panel.") + (settings.SignInReport is not { } panel ? "# Off: the setting sign_in_report is none.\n" : $$"""
            event_exporter panel {
              format = json
              format_args = time-rfc3339
              transport = http-post
              transport_args = http://dovecot:{{settings.SignInReportPassword}}@{{panel}}/daemons/sign-ins
              transport_timeout = 5 secs
            }
            metric sign_in {
              exporter = panel
              filter = event=auth_request_finished
              fields = user service remote_ip success
            }

            """);
}
