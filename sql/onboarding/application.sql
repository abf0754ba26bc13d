-- An application from its first page to its decision. A draft is found again by its receipt code,
-- of which the SHA-256 is stored. decided_outcome with its foreign key makes a decision without a
-- matching human review impossible: no timer and no score can write one.
CREATE TABLE application (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	receipt_hash BINARY(32) NOT NULL,
	person_id BIGINT NULL COMMENT 'set when the applicant gets an account',
	state VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'draft',
	pages_done INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'bit per page of the form that was saved',
	legal_name VARCHAR(200) NULL,
	preferred_name VARCHAR(120) NULL,
	email VARCHAR(254) NULL,
	country CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NULL,
	time_zone VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NULL,
	locale VARCHAR(35) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'en',
	languages VARCHAR(200) NULL,
	domain VARCHAR(60) NULL,
	level VARCHAR(30) NULL COMMENT 'student, junior, experienced, senior, expert',
	years TINYINT UNSIGNED NULL COMMENT 'years of work in the domain',
	skills TEXT NULL,
	interests TEXT NULL,
	strengths TEXT NULL,
	cv TEXT NULL COMMENT 'as text',
	hours_wanted TINYINT UNSIGNED NULL COMMENT 'hours a week',
	source VARCHAR(200) NULL COMMENT 'how the applicant heard of us',
	interview_mode VARCHAR(5) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'text',
	accommodation_sealed BLOB NULL COMMENT 'AES-256-GCM: what makes the interview possible for them',
	ai_notice_version VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
	ai_notice_at DATETIME(6) NULL COMMENT 'when the notice on automated tools was accepted',
	submitted_at DATETIME(6) NULL,
	decided_review_id BIGINT NULL,
	decided_at DATETIME(6) NULL,
	decided_outcome VARCHAR(14) CHARACTER SET ascii COLLATE ascii_bin GENERATED ALWAYS AS (CASE state
	    WHEN 'certified_pending_id' THEN 'certified' WHEN 'certified' THEN 'certified'
	    WHEN 'not_selected' THEN 'not_selected' WHEN 'upheld' THEN 'not_selected' END) STORED,
	letter_read_at DATETIME(6) NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	changed_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	UNIQUE KEY receipt (receipt_hash),
	KEY by_state (state, submitted_at),
	KEY of_person (person_id),
	KEY decision (decided_review_id, id, decided_outcome),
	CONSTRAINT application_decision FOREIGN KEY (decided_review_id, id, decided_outcome)
	    REFERENCES human_review (id, application_id, outcome),
	CONSTRAINT application_state CHECK (state IN ('draft', 'submitted', 'interview_open',
	    'interview_done', 'in_review', 'info_requested', 'certified_pending_id', 'certified',
	    'not_selected', 'reevaluation', 'upheld', 'withdrawn')),
	CONSTRAINT application_human CHECK (state NOT IN ('certified_pending_id', 'certified',
	    'not_selected', 'upheld') OR (decided_review_id IS NOT NULL AND decided_at IS NOT NULL)),
	CONSTRAINT application_complete CHECK (state IN ('draft', 'withdrawn') OR (COALESCE(legal_name, '') <> ''
	    AND COALESCE(preferred_name, '') <> '' AND COALESCE(email, '') <> ''
	    AND COALESCE(time_zone, '') <> '' AND COALESCE(domain, '') <> '' AND submitted_at IS NOT NULL AND ai_notice_at IS NOT NULL)),
	CONSTRAINT application_mode CHECK (interview_mode IN ('text', 'voice', 'video'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: person_id or e-mail; purpose: deciding on an application; retention: draft 30 days, otherwise 1 year after the decision; erase: emptied';
