-- One database account for each daemon, with no right but to read what its lookup tables ask for; Dovecot's writes down
-- usage and last logins, too. 'localhost' is the unix socket, '127.0.0.1' is TCP. Run it as a database administrator; running it again changes the passwords only.
CREATE USER IF NOT EXISTS '{{postfix_user}}'@'localhost', '{{postfix_user}}'@'127.0.0.1';
ALTER USER '{{postfix_user}}'@'localhost' IDENTIFIED BY '{{postfix_password}}', '{{postfix_user}}'@'127.0.0.1' IDENTIFIED BY '{{postfix_password}}';
GRANT SELECT (id, name, kind, target_id, is_active, transport, transport_host, transport_port) ON `{{dbname}}`.domains TO '{{postfix_user}}'@'localhost', '{{postfix_user}}'@'127.0.0.1';
GRANT SELECT (id, address, domain_id, kind, is_active, active_from, active_until, is_internal, members_may_send, is_group) ON `{{dbname}}`.addresses TO '{{postfix_user}}'@'localhost', '{{postfix_user}}'@'127.0.0.1';
GRANT SELECT (id, address_id, kind, home, keeps_copy) ON `{{dbname}}`.mailboxes TO '{{postfix_user}}'@'localhost', '{{postfix_user}}'@'127.0.0.1';
GRANT SELECT (address_id, address, local_part, domain_name) ON `{{dbname}}`.destinations TO '{{postfix_user}}'@'localhost', '{{postfix_user}}'@'127.0.0.1';
GRANT SELECT (mailbox_id, address, domain_id) ON `{{dbname}}`.send_as_grants TO '{{postfix_user}}'@'localhost', '{{postfix_user}}'@'127.0.0.1';

CREATE USER IF NOT EXISTS '{{dovecot_user}}'@'localhost', '{{dovecot_user}}'@'127.0.0.1';
ALTER USER '{{dovecot_user}}'@'localhost' IDENTIFIED BY '{{dovecot_password}}', '{{dovecot_user}}'@'127.0.0.1' IDENTIFIED BY '{{dovecot_password}}';
GRANT SELECT (id, name, target_id, is_active, password_max_age_days) ON `{{dbname}}`.domains TO '{{dovecot_user}}'@'localhost', '{{dovecot_user}}'@'127.0.0.1';
GRANT SELECT (id, address, domain_id, kind, is_active, active_from, active_until) ON `{{dbname}}`.addresses TO '{{dovecot_user}}'@'localhost', '{{dovecot_user}}'@'127.0.0.1';
GRANT SELECT (id, address_id, kind, password_hash, password_changed_at, home, quota_bytes, allows_imap, allows_pop3, allows_smtp, allows_sieve, allowed_networks, app_passwords_only) ON `{{dbname}}`.mailboxes TO '{{dovecot_user}}'@'localhost', '{{dovecot_user}}'@'127.0.0.1';
GRANT SELECT (id, mailbox_id, digest, allows_imap, allows_pop3, allows_smtp, allows_sieve, created_at, expires_at) ON `{{dbname}}`.app_passwords TO '{{dovecot_user}}'@'localhost', '{{dovecot_user}}'@'127.0.0.1';
GRANT SELECT (bytes, messages), INSERT (address, bytes, messages), UPDATE (address, bytes, messages) ON `{{dbname}}`.mailbox_usage TO '{{dovecot_user}}'@'localhost', '{{dovecot_user}}'@'127.0.0.1';
GRANT SELECT (seconds), INSERT (address, service, seconds), UPDATE (address, service, seconds) ON `{{dbname}}`.mailbox_logins TO '{{dovecot_user}}'@'localhost', '{{dovecot_user}}'@'127.0.0.1';
