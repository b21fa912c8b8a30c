-- MariaDB: the daemons' accounts and what they may read.
-- Generated from the panel's settings; a change made here is lost.
-- To generate it again: adminpanel render --out DIR
-- One database account for each daemon, with no right but to read what its lookup tables ask for; Dovecot's writes down
-- usage and last logins, too. 'localhost' is the unix socket, '127.0.0.1' is TCP. Run it as a database administrator; running it again changes the passwords only.
CREATE USER IF NOT EXISTS 'adminpanel_postfix'@'localhost', 'adminpanel_postfix'@'127.0.0.1';
ALTER USER 'adminpanel_postfix'@'localhost' IDENTIFIED BY 'postfix.password.1', 'adminpanel_postfix'@'127.0.0.1' IDENTIFIED BY 'postfix.password.1';
GRANT SELECT (id, name, kind, target_id, is_active, transport, transport_host, transport_port) ON `adminpanel`.domains TO 'adminpanel_postfix'@'localhost', 'adminpanel_postfix'@'127.0.0.1';
GRANT SELECT (id, address, domain_id, kind, is_active, active_from, active_until, is_internal, members_may_send, is_group) ON `adminpanel`.addresses TO 'adminpanel_postfix'@'localhost', 'adminpanel_postfix'@'127.0.0.1';
GRANT SELECT (id, address_id, kind, home, keeps_copy) ON `adminpanel`.mailboxes TO 'adminpanel_postfix'@'localhost', 'adminpanel_postfix'@'127.0.0.1';
GRANT SELECT (address_id, address, local_part, domain_name) ON `adminpanel`.destinations TO 'adminpanel_postfix'@'localhost', 'adminpanel_postfix'@'127.0.0.1';
GRANT SELECT (mailbox_id, address, domain_id) ON `adminpanel`.send_as_grants TO 'adminpanel_postfix'@'localhost', 'adminpanel_postfix'@'127.0.0.1';

CREATE USER IF NOT EXISTS 'adminpanel_dovecot'@'localhost', 'adminpanel_dovecot'@'127.0.0.1';
ALTER USER 'adminpanel_dovecot'@'localhost' IDENTIFIED BY 'dovecot.password.1', 'adminpanel_dovecot'@'127.0.0.1' IDENTIFIED BY 'dovecot.password.1';
GRANT SELECT (id, name, target_id, is_active, password_max_age_days) ON `adminpanel`.domains TO 'adminpanel_dovecot'@'localhost', 'adminpanel_dovecot'@'127.0.0.1';
GRANT SELECT (id, address, domain_id, kind, is_active, active_from, active_until) ON `adminpanel`.addresses TO 'adminpanel_dovecot'@'localhost', 'adminpanel_dovecot'@'127.0.0.1';
GRANT SELECT (id, address_id, kind, password_hash, password_changed_at, home, quota_bytes, allows_imap, allows_pop3, allows_smtp, allows_sieve, allowed_networks, app_passwords_only) ON `adminpanel`.mailboxes TO 'adminpanel_dovecot'@'localhost', 'adminpanel_dovecot'@'127.0.0.1';
GRANT SELECT (id, mailbox_id, digest, allows_imap, allows_pop3, allows_smtp, allows_sieve, created_at, expires_at) ON `adminpanel`.app_passwords TO 'adminpanel_dovecot'@'localhost', 'adminpanel_dovecot'@'127.0.0.1';
GRANT SELECT (bytes, messages), INSERT (address, bytes, messages), UPDATE (address, bytes, messages) ON `adminpanel`.mailbox_usage TO 'adminpanel_dovecot'@'localhost', 'adminpanel_dovecot'@'127.0.0.1';
GRANT SELECT (seconds), INSERT (address, service, seconds), UPDATE (address, service, seconds) ON `adminpanel`.mailbox_logins TO 'adminpanel_dovecot'@'localhost', 'adminpanel_dovecot'@'127.0.0.1';
