-- Work under one instruction set. `purpose` is what people are told before they sign.
CREATE TABLE project (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	name VARCHAR(120) NOT NULL,
	domain VARCHAR(60) NOT NULL COMMENT 'medicine, law, code ...; the key into benchmark rates',
	purpose TEXT NOT NULL COMMENT 'what the data is, for which kind of model, who benefits',
	data_use VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'training',
	untold TEXT NULL COMMENT 'what may not be told, and why',
	sensitive_note VARCHAR(500) NULL COMMENT 'hard content, said before the offer; NULL: none',
	pay_unit VARCHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'hour',
	state VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'active',
	started_on DATE NOT NULL,
	ends_on DATE NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY name (name),
	CONSTRAINT project_state CHECK (state IN ('preparing', 'active', 'paused', 'ended')),
	CONSTRAINT project_data_use CHECK (data_use IN ('training', 'evaluation', 'both')),
	CONSTRAINT project_pay_unit CHECK (pay_unit IN ('hour', 'task'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: what people work on; retention: kept; erase: none';
