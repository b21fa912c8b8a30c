# Dovecot: what somebody moves out of Junk is learned as none, unless it is thrown away.
# Generated from the panel's settings; a change made here is lost.
# To generate it again: adminpanel render --out DIR
require ["copy", "environment", "imapsieve", "variables", "vnd.dovecot.pipe"];
if environment :is "imap.mailbox" "Trash" {
  stop;
}
pipe :copy "rspamd-learn" ["ham"];
