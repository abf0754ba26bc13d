-- A survey: why it is asked, and with which questionnaire. What an imported file held that is not
-- kept stands in survey_import.
CREATE TABLE survey (
	id BIGINT NOT NULL AUTO_INCREMENT,
	public_id BINARY(16) NOT NULL,
	title VARCHAR(200) NOT NULL,
	purpose VARCHAR(1000) NOT NULL COMMENT 'shown to everyone who is asked',
	questionnaire_id BIGINT NOT NULL COMMENT 'the newest; a run keeps its own',
	anonymity VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'anonymous',
	owner_person_id BIGINT NULL,
	version INT UNSIGNED NOT NULL DEFAULT 1,
	created_at DATETIME(6) NOT NULL,
	PRIMARY KEY (id),
	UNIQUE KEY public_id (public_id),
	CONSTRAINT survey_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT survey_anonymity CHECK (anonymity IN ('anonymous')),
	CONSTRAINT survey_words CHECK (title <> '' AND purpose <> '')
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: owner_person_id; purpose: hearing people; retention: kept; erase: none';

CREATE TABLE survey_import (
	questionnaire_id BIGINT NOT NULL,
	item_no INT UNSIGNED NOT NULL,
	item VARCHAR(120) NOT NULL COMMENT 'question code, or the part of the file',
	verdict VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
	code VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'key of a sentence in words',
	detail VARCHAR(500) NOT NULL DEFAULT '',
	PRIMARY KEY (questionnaire_id, item_no),
	CONSTRAINT survey_import_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaire (id),
	CONSTRAINT survey_import_verdict CHECK (verdict IN ('kept', 'changed', 'not_kept'))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
COMMENT='subject: none; purpose: what an imported file held and what of it was kept; retention: with the questionnaire; erase: none';
