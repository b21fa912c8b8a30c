# Dovecot: what somebody moves to Junk is learned as spam.
# Generated from the panel's settings; a change made here is lost.
# To generate it again: adminpanel render --out DIR
require ["copy", "imapsieve", "vnd.dovecot.pipe"];
pipe :copy "rspamd-learn" ["spam"];
