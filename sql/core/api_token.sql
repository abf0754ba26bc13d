-- A token with which a program asks in a person's name. The program has the token, this table its
-- SHA-256 only. What it may do is the smaller of its scopes and the person's roles.
CREATE TABLE api_token (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL COMMENT 'random; what stands in addresses',
	token_hash BINARY(32) NOT NULL,
	person_id BIGINT NOT NULL,
	name VARCHAR(80) NOT NULL COMMENT 'what its owner calls it',
	scopes VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'parted by blanks',
	created_at DATETIME(6) NOT NULL,
	expires_at DATETIME(6) NOT NULL,
	used_at DATETIME(6) NULL COMMENT 'renewed by api_token_touch(), at most every 5 minutes',
	revoked_at DATETIME(6) NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY token_hash (token_hash),
	KEY of_person (person_id, id),
	KEY expiring (expires_at),
	KEY revoked (revoked_at),
	CONSTRAINT api_token_person FOREIGN KEY (person_id) REFERENCES person (id),
	CONSTRAINT api_token_texts CHECK (name <> '' AND scopes <> ''),
	CONSTRAINT api_token_order CHECK (expires_at > created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id; purpose: programs that ask in a person''s name; retention: 1 year after the end; erase: deleted';
