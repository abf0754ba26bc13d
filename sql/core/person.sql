-- A person: whoever signs in, applies or is paid. One row for all plugins; only portal and the
-- procedures of this folder write here. The bits of `roles` stand in the order of ROLE_LIST
-- (common/web/role.h) and are kept by the procedures out of role_grant.
CREATE TABLE person (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL COMMENT 'random; what stands in addresses',
	legal_name VARCHAR(200) NOT NULL COMMENT 'restricted: contracts and statements only',
	preferred_name VARCHAR(120) NOT NULL,
	email VARCHAR(254) NOT NULL,
	email_key VARCHAR(254) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
	    GENERATED ALWAYS AS (LOWER(email)) STORED,
	password VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'scrypt; NULL: cannot sign in yet',
	time_zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'UTC' COMMENT 'IANA name',
	country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'ISO 3166-1',
	locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'en' COMMENT 'BCP 47',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
	disabled_at DATETIME(6) NULL COMMENT 'since when; NULL: active, or the names are gone',
	removed TINYINT NOT NULL DEFAULT 0 COMMENT '1: the time is over, names and e-mail are replaced',
	roles INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'bit mask, see role_bit()',
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY email_key (email_key),
	KEY legal_name (legal_name),
	KEY disabled (disabled_at),
	KEY nobody (removed, roles, created_at),
	CONSTRAINT person_state CHECK (state IN ('active', 'disabled')),
	CONSTRAINT person_removed CHECK (removed IN (0, 1) AND (removed = 0 OR state = 'disabled')),
	CONSTRAINT person_names CHECK (legal_name <> '' AND preferred_name <> ''),
	CONSTRAINT person_email CHECK (email LIKE '_%@_%')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: id; purpose: knowing and reaching each person; retention: while they hold a role and are not disabled, then 3 years; erase: names and e-mail replaced, row kept for pay records';
