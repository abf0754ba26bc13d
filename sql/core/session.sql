-- A signed-in browser. The cookie holds the token, this table its SHA-256 only.
CREATE TABLE session (
	token_hash BINARY(32) NOT NULL,
	person_id BIGINT NOT NULL,
	created_at DATETIME(6) NOT NULL,
	seen_at DATETIME(6) NOT NULL COMMENT 'renewed by session_touch(), at most every 5 minutes',
	ends_at DATETIME(6) NOT NULL COMMENT 'ends here whatever happens',
	revoked_at DATETIME(6) NULL,
	proved_at DATETIME(6) NULL COMMENT 'when the person last proved who they are (README rule 25)',
	agent VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' COMMENT 'browser.system as codes, told coarsely by the browser when it began',
	public_id BINARY(16) NOT NULL DEFAULT RANDOM_BYTES(16) COMMENT 'names it on the page of one''s sessions',
	PRIMARY KEY (token_hash),
	UNIQUE KEY public_id (public_id),
	KEY of_person (person_id, revoked_at),
	KEY ended (ends_at),
	KEY revoked (revoked_at),
	CONSTRAINT session_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: staying signed in; retention: 90 days after the end; erase: deleted';

-- A link that works once: first administrator, new password, invitation of a new person, new address.
CREATE TABLE one_time_link (
	token_hash BINARY(32) NOT NULL,
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	person_id BIGINT NULL COMMENT 'NULL only for set_up: the person is made by it',
	created_at DATETIME(6) NOT NULL,
	expires_at DATETIME(6) NOT NULL,
	used_at DATETIME(6) NULL,
	PRIMARY KEY (token_hash),
	KEY of_person (person_id, kind),
	KEY expired (expires_at),
	CONSTRAINT one_time_link_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT one_time_link_kind CHECK (kind IN ('set_up', 'reset', 'invite', 'email')),
	CONSTRAINT one_time_link_whom CHECK (kind = 'set_up' OR person_id IS NOT NULL)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: setting a password without knowing the old one; retention: 30 days after expiry; erase: deleted';

-- What the throttle counts. Keys are keyed hashes of the typed address and of the client's
-- address, so the table names nobody and unknown accounts are counted like known ones.
CREATE TABLE sign_in_attempt (
	id BIGINT NOT NULL AUTO_INCREMENT,
	account_key BINARY(32) NOT NULL,
	client_key BINARY(32) NOT NULL,
	at DATETIME(6) NOT NULL,
	ok TINYINT NOT NULL,
	PRIMARY KEY (id),
	KEY by_account (account_key, at),
	KEY by_client (client_key, at),
	KEY by_time (at),
	CONSTRAINT sign_in_attempt_ok CHECK (ok IN (0, 1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none (keyed hashes); purpose: slowing guessers down; retention: 2 days; erase: expires';

-- Between the two steps of signing in: the password was right, the code is still to come (or the
-- second factor still to be set up). It is no session and opens nothing; its cookie is another.
CREATE TABLE sign_in_half (
	token_hash BINARY(32) NOT NULL,
	person_id BIGINT NOT NULL,
	kind VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	created_at DATETIME(6) NOT NULL,
	ends_at DATETIME(6) NOT NULL,
	wrong TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'codes; at the fifth it is closed',
	closed_at DATETIME(6) NULL COMMENT 'became a session, was tried too often, or the password changed',
	PRIMARY KEY (token_hash),
	KEY of_person (person_id, closed_at),
	KEY ended (ends_at),
	CONSTRAINT sign_in_half_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT sign_in_half_kind CHECK (kind IN ('code', 'set_up'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: the second step of signing in; retention: 2 days; erase: deleted';

-- A new address that waits to be confirmed by the link that was sent to it.
CREATE TABLE email_change (
	person_id BIGINT NOT NULL,
	email VARCHAR(254) NOT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id),
	KEY by_time (created_at),
	CONSTRAINT email_change_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT email_change_email CHECK (email LIKE '_%@_%')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: changing an address without losing the account; retention: 2 days; erase: deleted';
