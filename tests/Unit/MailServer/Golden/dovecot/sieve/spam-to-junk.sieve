# Dovecot: what the spam filter has marked, or the owner calls spam, goes to Junk.
# Generated from the panel's settings; a change made here is lost.
# To generate it again: adminpanel render --out DIR
require ["fileinto", "imap4flags", "mailbox"];
if anyof (hasflag "PanelJunk", allof (header :is "X-Spam" "Yes", not hasflag "PanelInbox")) {
  removeflag "PanelJunk";
  fileinto :create "Junk";
  stop;
}
removeflag "PanelInbox";
