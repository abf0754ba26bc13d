-- A questionnaire as one JSON document (common/data/questionnaire.h), never changed: a change is a
-- new version.
CREATE TABLE questionnaire (
	id BIGINT NOT NULL AUTO_INCREMENT,
	code VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	version INT UNSIGNED NOT NULL,
	title VARCHAR(200) NOT NULL,
	document JSON NOT NULL,
	fingerprint BINARY(32) NULL COMMENT 'SHA-256 of an imported document, to know it again',
	created_by BIGINT NULL,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY code (code, version),
	KEY fingerprint (fingerprint)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: what is asked in surveys; retention: kept; erase: none';
