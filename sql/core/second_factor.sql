-- A person's second factor: the secret that their authenticator app shares with us (RFC 6238).
CREATE TABLE second_factor (
	person_id BIGINT NOT NULL,
	secret VARBINARY(120) NOT NULL COMMENT 'AES-256-GCM, bound to second_factor/secret/<person_id>',
	last_step BIGINT NOT NULL COMMENT 'of 30 s since 1970, the last one accepted; a step is accepted once',
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (person_id),
	CONSTRAINT second_factor_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: knowing a person by more than a password; retention: until removed, or the names of person go, after 3 years; erase: deleted';

-- Codes for who has lost the phone, as keyed hashes. Each works once; new ones replace the old.
CREATE TABLE recovery_code (
	person_id BIGINT NOT NULL,
	code_hash BINARY(32) NOT NULL,
	created_at DATETIME(6) NOT NULL,
	used_at DATETIME(6) NULL,
	PRIMARY KEY (person_id, code_hash),
	CONSTRAINT recovery_code_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: signing in without the phone; retention: until replaced or removed, or the names of person go, after 3 years; erase: deleted';
