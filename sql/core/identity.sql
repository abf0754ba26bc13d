-- Which account of an OpenID Connect provider is whose. Tied at the first sign-in by a verified
-- address; from then on the provider's subject counts, whatever the address becomes. Issuer and
-- subject are kept as a hash alone: nothing here needs to be read, only found again.
CREATE TABLE identity (
	subject_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of issuer, LF, subject',
	person_id BIGINT NOT NULL,
	issuer_hash BINARY(32) NOT NULL COMMENT 'SHA-256 of the issuer',
	tied_at DATETIME(6) NOT NULL,
	PRIMARY KEY (subject_hash),
	UNIQUE KEY one_of_issuer (person_id, issuer_hash),
	CONSTRAINT identity_person FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: signing in with another organisation''s account; retention: until the names of person go, after 3 years; erase: deleted';
