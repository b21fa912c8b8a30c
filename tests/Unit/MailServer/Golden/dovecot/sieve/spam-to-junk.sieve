# Dovecot: what the spam filter has marked goes to Junk.
# Generated from the panel's settings; a change made here is lost.
# To generate it again: adminpanel render --out DIR
require ["fileinto", "mailbox"];
if header :is "X-Spam" "Yes" {
  fileinto :create "Junk";
  stop;
}
